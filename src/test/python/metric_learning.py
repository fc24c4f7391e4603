"""What PyTorch Metric Learning computes for losses and miners over batches of embeddings.

usage: metric_learning.py CASES

CASES is a JSON list. Each case has the loss's and the miner's name and settings, whether the loss takes embeddings of
length 1, embeddings, classes and, where the miner draws, the triplets drawn. It prints a list of their answers: loss,
gradient by the embeddings, the triplets or pairs that the miner takes, and the weights that it draws with.

In double precision and with distances that are not taken from dot products, so that what differs is rounding of ours.
"""

import json
import sys

import torch
from pytorch_metric_learning import losses, miners
from pytorch_metric_learning.distances import BaseDistance, DotProductSimilarity
from pytorch_metric_learning.reducers import AvgNonZeroReducer, MeanReducer, MultipleReducers
from pytorch_metric_learning.utils import loss_and_miner_utils


class Euclidean(BaseDistance):
    """Theirs bring embeddings to length 1 first, which changes the gradient."""

    def __init__(self):
        super().__init__(normalize_embeddings=False)

    def compute_mat(self, query, reference):
        return torch.cdist(query, reference, compute_mode="donot_use_mm_for_euclid_dist")


class PairContrastive(losses.ContrastiveLoss):
    """A quarter of the squares; the mean over all positive pairs, but over active negative pairs alone."""

    def __init__(self, margin):
        reducer = MultipleReducers({"pos_loss": MeanReducer(), "neg_loss": AvgNonZeroReducer()})
        super().__init__(neg_margin=margin, distance=Euclidean(), reducer=reducer)

    def pos_calc(self, distance, margin):
        return super().pos_calc(distance, margin) ** 2 / 4

    def neg_calc(self, distance, margin):
        return super().neg_calc(distance, margin) ** 2 / 4


class Weights(miners.DistanceWeightedMiner):
    """Keeps the weights that it draws with."""

    def mine(self, embeddings, labels, ref_emb, ref_labels):
        def keep(*_, weights, **__):
            self.weights = weights
            return (torch.tensor([], dtype=torch.long),) * 3

        draw = loss_and_miner_utils.get_random_triplet_indices
        loss_and_miner_utils.get_random_triplet_indices = keep
        try:
            return super().mine(embeddings, labels, ref_emb, ref_labels)
        finally:
            loss_and_miner_utils.get_random_triplet_indices = draw


def cosine():
    return DotProductSimilarity(normalize_embeddings=False)


def make_loss(name, settings):
    if name == "contrastive":
        return PairContrastive(settings["margin"])
    if name == "triplet":
        soft = settings["margin"] == 0
        return losses.TripletMarginLoss(
            margin=settings["margin"], smooth_loss=soft, distance=Euclidean())
    kinds = {
        "multi-similarity": losses.MultiSimilarityLoss,
        "supcon": losses.SupConLoss,
        "nt-xent": losses.NTXentLoss,
    }
    return kinds[name](**settings, distance=cosine())


def make_miner(loss, name, settings):
    if name == "semi-hard":
        return miners.TripletMarginMiner(
            settings["margin"], type_of_triplets="semihard", distance=Euclidean())
    if name == "distance-weighted":
        return Weights(settings["cutoff"], settings["nonzero_loss_cutoff"])
    if loss == "multi-similarity":
        return miners.MultiSimilarityMiner(settings["epsilon"], distance=cosine())
    return miners.BatchHardMiner(distance=Euclidean())


def answer(case):
    embeddings = torch.tensor(case["embeddings"], dtype=torch.float64, requires_grad=True)
    classes = torch.tensor(case["classes"])
    result = {}
    tuples = None
    if case["miner"] != "all":
        miner = make_miner(case["loss"], case["miner"], case["minerSettings"])
        tuples = miner(embeddings, classes)
        if case["miner"] == "distance-weighted":
            result["weights"] = torch.nan_to_num(miner.weights).tolist()
            tuples = tuple(torch.tensor(column, dtype=torch.long) for column in zip(*case["drawn"]))
            tuples = tuples or (torch.tensor([], dtype=torch.long),) * 3
        parts = [tuples] if len(tuples) == 3 else [tuples[:2], tuples[2:]]
        result["taken"] = [sorted(torch.stack(part, dim=1).tolist()) for part in parts]
        # Where there are single ones only they make nothing of them; each twice has the same mean.
        tuples = tuple(torch.cat([column, column]) for column in tuples)
    loss = make_loss(case["loss"], case["lossSettings"])(embeddings, classes, tuples)
    if loss.requires_grad:
        loss.backward()
    result["loss"] = loss.item()
    gradient = torch.zeros_like(embeddings) if embeddings.grad is None else embeddings.grad
    result["gradient"] = gradient.tolist()
    return result


if __name__ == "__main__":
    torch.set_num_threads(1)
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    print(json.dumps([answer(case) for case in cases]))
