"""Figures that are measured on two sides in turns, in both programs unless otherwise said, and the table of them."""

import statistics


PROGRAMS = ("ours", "Keras")


class Figure:
    """What is measured on both sides; `higher` says which way is better, `goal` which ratio is wanted, if any."""

    def __init__(self, title, unit, goal, higher, sides=PROGRAMS):
        self.title, self.unit, self.goal, self.higher = title, unit, goal, higher
        self.sides = {side.lower(): [] for side in sides}

    def add(self, *measured):
        for rounds, value in zip(self.sides.values(), measured, strict=True):
            rounds.append(value)

    def result(self):
        best = max if self.higher else min
        return {
            "figure": self.title, "unit": self.unit, "higher_is_better": self.higher,
            **{side: {"median": statistics.median(rounds), "best": best(rounds), "rounds": rounds}
               for side, rounds in self.sides.items()},
            "ratio": statistics.median(a / b for a, b in zip(*self.sides.values())), "goal": self.goal,
        }


def print_table(results, sides=PROGRAMS):
    first, second = sides
    width = max(len(result["figure"]) for result in results)
    print(f"{'figure':{width}} {'unit':9} {first:>9} {'best':>9} {second:>9} {'best':>9} {'ratio':>6}  goal")
    for result in results:
        ours, theirs = (result[side.lower()] for side in sides)
        goal = "" if result["goal"] is None else f"{'≥' if result['higher_is_better'] else '≤'} {result['goal']}"
        print(f"{result['figure']:{width}} {result['unit']:9} {ours['median']:9.4g} {ours['best']:9.4g} "
              f"{theirs['median']:9.4g} {theirs['best']:9.4g} {result['ratio']:6.2f}  {goal}")


def print_machine(machine, arguments):
    rounds = f"{arguments.rounds} round" + ("s" if arguments.rounds > 1 else "")
    print(", ".join(f"{name} {value}" for name, value in machine.items()) + f"; {rounds}"
          + (": quick, so times are rough; goals are those of the full run" if arguments.quick else ""))
