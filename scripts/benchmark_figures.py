"""Figures that are measured in both programs in turns, and the table of them."""

import statistics


class Figure:
    """What is measured in both programs; `higher` says which way is better, `goal` which ratio is wanted, if any."""

    def __init__(self, title, unit, goal, higher):
        self.title, self.unit, self.goal, self.higher = title, unit, goal, higher
        self.ours, self.keras = [], []

    def add(self, ours, keras):
        self.ours.append(ours)
        self.keras.append(keras)

    def result(self):
        best = max if self.higher else min
        return {
            "figure": self.title, "unit": self.unit, "higher_is_better": self.higher,
            "ours": {"median": statistics.median(self.ours), "best": best(self.ours), "rounds": self.ours},
            "keras": {"median": statistics.median(self.keras), "best": best(self.keras), "rounds": self.keras},
            "ratio": statistics.median(a / b for a, b in zip(self.ours, self.keras)), "goal": self.goal,
        }


def print_table(results):
    print(f"{'figure':44} {'unit':9} {'ours':>9} {'best':>9} {'Keras':>9} {'best':>9} {'ratio':>6}  goal")
    for result in results:
        ours, keras = result["ours"], result["keras"]
        goal = "" if result["goal"] is None else f"{'≥' if result['higher_is_better'] else '≤'} {result['goal']}"
        print(f"{result['figure']:44} {result['unit']:9} {ours['median']:9.4g} {ours['best']:9.4g} "
              f"{keras['median']:9.4g} {keras['best']:9.4g} {result['ratio']:6.2f}  {goal}")


def print_machine(machine, arguments):
    rounds = f"{arguments.rounds} round" + ("s" if arguments.rounds > 1 else "")
    print(", ".join(f"{name} {value}" for name, value in machine.items()) + f"; {rounds}"
          + (": quick, so times are rough; goals are those of the full run" if arguments.quick else ""))
