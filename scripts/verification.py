"""How well distances tell pairs of one class (label 1) from pairs of two classes (label 0), in plain numpy."""

import numpy as np


def metrics(distances, labels):
    """The figures that a run's metrics.json holds for the uncalibrated model."""
    distances, labels = np.ravel(distances).astype(np.float64), np.ravel(labels).astype(bool)
    return {
        "pairs": len(labels),
        "loss": contrastive_loss(distances, labels),
        "accuracy": accuracy(distances, labels),
        "roc_auc": roc_auc(distances, labels),
        "eer": equal_error_rate(distances, labels),
    }


def contrastive_loss(distances, labels, margin=1.0):
    """Mean of d²/2 for the same class and of max(0, margin − d)²/2 for different ones (Hadsell et al. 2006)."""
    losses = np.where(labels, distances**2, np.maximum(0, margin - distances) ** 2) / 2
    return float(np.mean(losses))


def accuracy(distances, labels, threshold=0.5):
    """Share of pairs that are called "same" (d < threshold) exactly when they are."""
    return float(np.mean((distances < threshold) == labels))


def roc_curve(distances, labels):
    """False and true accept rates, from accepting no pair to accepting all, one point per distinct distance."""
    order = np.argsort(distances)
    last_of_ties = np.append(np.flatnonzero(np.diff(distances[order])), len(labels) - 1)
    true_accepts = np.cumsum(labels[order])[last_of_ties]
    false_accepts = last_of_ties + 1 - true_accepts
    return (np.append(0, false_accepts / false_accepts[-1]), np.append(0, true_accepts / true_accepts[-1]))


def roc_auc(distances, labels):
    """Area under the ROC curve: the chance that a pair of one class is the closer one; ties count half."""
    return float(np.trapezoid(*reversed(roc_curve(distances, labels))))


def equal_error_rate(distances, labels):
    """The rate at which false accepts and false rejects are equally frequent, linear between the curve's points."""
    false_accepts, true_accepts = roc_curve(distances, labels)
    # The difference rises from -1 to 1 along the curve; the rate is where it crosses 0.
    difference = false_accepts - (1 - true_accepts)
    return float(np.interp(0, difference, false_accepts))
