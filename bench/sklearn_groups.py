"""The peer of bench/groups.py, in an environment of its own: PCA and k-means on the whole table."""

import sys
import time

import numpy as np
from conversations import conversation, reached, rest, say
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score


def peer(people: int, statements: int) -> None:
    rows, columns, values = conversation(people, statements)
    before = rest()
    began = time.perf_counter()
    whole = np.full((people, statements), np.nan)
    whole[rows, columns] = values
    means = np.nanmean(whole, axis=0)
    np.copyto(whole, means, where=np.isnan(whole))
    answered = np.bincount(rows, minlength=people)
    points = PCA(2, random_state=0).fit_transform(whole) * np.sqrt(statements / answered)[:, None]
    best = (-1.0, None)
    for count in range(2, 6):
        found = KMeans(count, n_init=10, random_state=0).fit_predict(points)
        held = silhouette_score(points, found, sample_size=min(people, 2000), random_state=0)
        if best[1] is None or held > best[0] + 0.05:
            best = (held, found)
    say(len(rows), tuple(np.bincount(best[1])), time.perf_counter() - began, reached() - before)


if __name__ == "__main__":
    peer(int(sys.argv[1]), int(sys.argv[2]))
