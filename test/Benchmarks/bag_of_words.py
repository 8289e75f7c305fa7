"""Test accuracy of logistic regression on bags of words (scikit-learn's defaults): bag_of_words.py TRAIN.csv TEST.csv"""
import csv
import sys

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [row[1] for row in rows], [row[0] for row in rows]


train, test = read(sys.argv[1]), read(sys.argv[2])
for name, words in (("counts", CountVectorizer()), ("tf-idf", TfidfVectorizer())):
    model = make_pipeline(words, LogisticRegression(max_iter=1000)).fit(*train)
    print(f"{name} {model.score(*test):.4f}")
