#!/usr/bin/env python3
"""Fits the weights of the decision to labeled texts, and says how well they do on hosts they were not fitted to.

    scripts/fit LABELED[=WEIGHT] ... [-o patterns/weights.toml]

Input: folders of texts from which nothing may go, and JSON Lines as `dechaff eval` reads them (id, raw, gold or labels; url, from which the host is taken). WEIGHT is how
much the documents of a file count, 1 unless told. The measures come from `dechaff eval --measures`, so that what is fitted
is what the program measures. Runs are repeatable: the same program, texts and packages give the same file.

To the texts as they are come
- each gold text by itself, from which nothing may go;
- thinned texts, from which runs of junk were taken by chance: scraped text comes in all degrees of cleanness, whole pages
  and nearly clean extracts are but the ends;
- all of these measured without patterns, and some without case and function words: texts of languages that have no pack.
"""
import argparse
import hashlib
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy

PARAMETERS = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.11,
    "min_data_in_leaf": 100,
    "lambda_l2": 5,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 2,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
TREES = 200
# Shares of the runs of junk that thinned texts lack. At 1 nothing but gold is left, in the form of its set.
THINNED = (1.0, 0.95, 0.8, 0.5)
# What patterns, case and function words have to say is unknown in some copies: see above.
BLIND_WEIGHT = 0.6
SWITCH = 1.0
# Trees after which a score may be left, and the share of units near the limit for which that is wrong.
EXITS = (20, 50, 100)
EXIT_ERROR = 0.0003
COSTS = {"balanced": 10.0, "thorough": 2.5}
SECTIONS = {
    "related": ["related-links", "read-more"],
    "comments": ["comments"],
    "footer": ["copyright", "legal"],
}


def read(path):
    """The records of a labeled file with the host of each, or of a folder of texts from which nothing may go."""
    if path.is_dir():
        texts = [(file.stem, file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.txt"))]
        return [{"id": name, "raw": text, "gold": text, "url": "", "host": name} for name, text in texts]
    records = []
    with open(path, encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            record = json.loads(line)
            if record.get("gold") is None:
                rows = record["raw"].split("\n")
                record["gold"] = "\n".join(row for row, label in zip(rows, record["labels"]) if label == "1")
            url = record.get("url") or ""
            host = urlsplit(url).netloc or record["id"]
            records.append({"id": record["id"], "raw": record["raw"], "gold": record["gold"], "url": url, "host": host})
    return records


def write(path, records):
    with open(path, "w", encoding="utf-8") as out:
        for record in records:
            print(json.dumps({key: record[key] for key in ("id", "raw", "gold")}), file=out)


def fold_of(host, folds):
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % folds


def thinned(record, labels, share, chance):
    """The record without this share of its runs of junk."""
    rows = record["raw"].split("\n")
    labels = iter(labels)
    labeled = [(row, next(labels) if row.strip() else None) for row in rows]
    dropped, run = set(), []

    def end_run():
        if run and chance.random() < share:
            dropped.update(run)
        run.clear()

    for i, (_, label) in enumerate(labeled):
        if label == "-":
            # Runs break at places of chance too, so that parts of menus survive.
            if run and chance.random() < 0.04:
                end_run()
            run.append(i)
        elif label == "+":
            end_run()
        elif label == "?" and share == 1.0:
            dropped.add(i)
    end_run()
    kept, was_blank = [], True
    for i, (row, label) in enumerate(labeled):
        if i in dropped or (label is None and was_blank):
            continue
        was_blank = label is None
        kept.append(row)
    return {**record, "raw": "\n".join(kept).rstrip("\n")}


def label_headlines(record, units):
    """Makes the headline gold. Many collections leave headlines out of their gold texts; who cleans a text wants to keep them.

    It is the last unit before the text that has most of its words in the address. Other copies of it, and what stands just
    before the text where the address tells nothing, are unknown."""
    first = next((i for i, unit in enumerate(units) if unit["gold"] and unit["gold"] >= 0.5), 0)
    rows = record["raw"].split("\n")
    slug = {word for word in re.split(r"[\W_]+", urlsplit(record["url"]).path.lower()) if len(word) > 1 and not word.isdigit()}
    found, near = [], []
    for i, unit in enumerate(units):
        text = " ".join(rows[line - 1] for line in unit["lines"])
        words = {word for word in re.split(r"[\W_]+", text.lower()) if len(word) > 1}
        if 3 <= len(words) <= 25 and not text.rstrip().endswith("."):
            if len(slug) >= 4 and len(words & slug) >= 0.6 * min(len(words), len(slug)):
                found.append(i)
            elif first - 4 <= i < first:
                near.append(i)
    headline = next((i for i in reversed(found) if i < first), None)
    for i in found + (near if headline is None else []):
        units[i]["gold"] = 1.0 if i == headline else None if not units[i]["gold"] else units[i]["gold"]


class Measured:
    """A document with its measures: a row for each unit that is open and whose label is known."""

    def __init__(self, record, weight, measures):
        self.host, self.weight = record["host"], weight
        label_headlines(record, measures["units"])
        units = [unit for unit in measures["units"] if unit["gold"] is not None]
        self.values = numpy.array([unit["values"] for unit in units], numpy.float32)
        self.junk = numpy.array([float(unit["gold"] < 0.5) for unit in units])
        # A long unit counts more than a short one, and a document as much as another.
        sizes = numpy.minimum([max(unit["words"], 1) for unit in units], 100) ** 0.5 if units else numpy.zeros(0)
        self.weights = sizes / max(sizes.sum(), 20) * 20


def measure(program, path, *flags):
    """The names of the measures, and those of each document of a file."""
    command = [program, "eval", "--measures", *flags, str(path)]
    lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    return json.loads(lines[0]), map(json.loads, lines[1:])


def gather(program, sets, folder):
    """All documents with their measures, and the names of these."""
    chance = random.Random(7)
    documents, golds = [], {}
    names = []
    unknown = None
    for path, weight, records in sets:
        plain = folder / "plain.jsonl"
        write(plain, records)
        names, measured = measure(program, plain)
        measured = list(measured)
        batches = [(records, weight)]
        for share in THINNED if any(r["raw"] != r["gold"] for r in records) else ():
            variants = [thinned(r, m["labels"], share, chance) for r, m in zip(records, measured)]
            batches.append(([v for v in variants if v["raw"].strip()], weight * (0.3 if share == 1.0 else 0.5)))
        fresh = [r for r in records if r["gold"].strip() and golds.setdefault(r["gold"], r) is r]
        batches.append(([{**r, "raw": r["gold"]} for r in fresh if r["raw"] != r["gold"]], 2.5))
        unknown = [i for i, n in enumerate(names) if n.startswith(("capitals", "function")) or n == "shouting"]
        for batch, batch_weight in filter(lambda b: b[0], batches):
            write(plain, batch)
            for record, m in zip(batch, measure(program, plain)[1]):
                documents.append(Measured(record, batch_weight, m))
            for i, (record, m) in enumerate(zip(batch, measure(program, plain, "--without-patterns")[1])):
                if i % 2 == 0:
                    continue
                document = Measured(record, batch_weight * BLIND_WEIGHT, m)
                if i % 4 == 1 and len(document.values):
                    document.values[:, unknown] = -1
                documents.append(document)
        print(f"measured {path}", file=sys.stderr)
    return names, documents


def fit(documents):
    documents = [d for d in documents if len(d.junk)]
    values = numpy.concatenate([d.values for d in documents])
    junk = numpy.concatenate([d.junk for d in documents])
    weights = numpy.concatenate([d.weights * d.weight for d in documents])
    model = lightgbm.train(PARAMETERS, lightgbm.Dataset(values, label=junk, weight=weights), TREES)
    return model, exits(model, values), len(junk)


def exits(model, values):
    """Scores below which a unit can be left after some of the trees: hardly any that came near to going was ever so low there."""
    values = values[:: max(1, len(values) // 200_000)]
    lowest = math.log(min(COSTS.values())) - 2 * SWITCH
    near = values[model.predict(values, raw_score=True) >= lowest]
    return [(k, float(numpy.quantile(model.predict(near, raw_score=True, num_iteration=k), EXIT_ERROR))) for k in EXITS]


def tree_text(node, names):
    """A tree as `weights/forest.rs` reads it."""
    if "leaf_value" in node:
        return f"{node['leaf_value']:.4g}"
    question = f"{names[node['split_feature']]}<={numpy.float32(node['threshold']):.7g}@{node['internal_value']:.3g}"
    return " ".join([question, tree_text(node["left_child"], names), tree_text(node["right_child"], names)])


def weights_text(model, exits, names, fitted_on):
    trees = [tree_text(tree["tree_structure"], names) for tree in model.dump_model()["tree_info"]]
    quoted = lambda words: "[" + ", ".join(f'"{word}"' for word in words) + "]"
    return "\n".join(
        [
            "# The weights of the decision: written by scripts/fit, not by hand.",
            "# What they were fitted on:",
            *(f"#   {line}" for line in fitted_on),
            f"# Trees by lightgbm {lightgbm.__version__}: nodes in the order of a walk, `measure<=bound@mean` and scores.",
            "",
            f"switch = {SWITCH}",
            "# After so many trees a score below this is left as it is.",
            "exits = [" + ", ".join(f"[{k}, {bound:.3f}]" for k, bound in exits) + "]",
            'trees = """',
            *trees,
            '"""',
            "",
            "# How many pieces of junk a wrongly removed piece of text is worth.",
            "[cost]",
            *(f"{level} = {cost}" for level, cost in COSTS.items()),
            "",
            "# Categories whose patterns open a section.",
            "[sections]",
            *(f"{name} = {quoted(categories)}" for name, categories in SECTIONS.items()),
            "",
        ]
    )


def cross_validate(program, sets, documents, names, folds, levels, folder):
    """Figures on hosts that the weights were not fitted to: by level and set, pooled over the folds."""
    figures = {}
    for fold in range(folds):
        model, left, _ = fit([d for d in documents if fold_of(d.host, folds) != fold])
        weights = folder / "fold.toml"
        weights.write_text(weights_text(model, left, names, ["a fold"]))
        files = []
        for path, _, records in sets:
            held = [r for r in records if fold_of(r["host"], folds) == fold]
            for kind, texts in ((path.stem, held), ("gold of " + path.stem, [{**r, "raw": r["gold"]} for r in held])):
                if texts and not (kind.startswith("gold") and all(r["raw"] == r["gold"] for r in held)):
                    files.append((kind, folder / f"{fold} {kind}.jsonl"))
                    write(files[-1][1], texts)
        for level, cost in levels:
            flags = ["--level", level] + (["--cost", str(cost)] if cost else [])
            command = [program, "eval", "--json", "--weights", str(weights), *flags, *(str(f) for _, f in files)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
            kinds = {str(file): kind for kind, file in files}
            for document in found["documents"]:
                figures.setdefault((level, cost), {}).setdefault(kinds[document["file"]], []).append(document)
        print(f"fold {fold + 1} of {folds}", file=sys.stderr)
    return figures


def summary(documents):
    mean = lambda values: sum(values) / len(values) if values else float("nan")
    given = lambda name: [d[name] for d in documents if d[name] is not None]
    precision, recall = mean(given("precision")), mean(given("recall"))
    total = lambda name: sum(d[name] for d in documents)
    gone = total("junk_rows_deleted") + total("gold_rows_deleted")
    return {
        "docs": len(documents),
        "F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "kept": mean([d["content_kept"] / d["content"] for d in documents if d["content"]]),
        "losing": mean([float(d["content_kept"] < 0.95 * d["content"]) for d in documents if d["content"]]),
        "gone": mean([1 - d["junk_left"] / d["junk"] for d in documents if d["junk"]]),
        "line P": total("junk_rows_deleted") / gone if gone else float("nan"),
        "line R": total("junk_rows_deleted") / max(total("junk_rows"), 1),
    }


def show(figures):
    for (level, cost), kinds in figures.items():
        print(f"\n{level}" + (f" at cost {cost}" if cost else ""))
        rows = {kind: summary(documents) for kind, documents in kinds.items()}
        groups = {name.split("_")[0] for name in rows if "_" in name}
        for group in sorted(groups):
            members = [row for name, row in rows.items() if name.split("_")[0] == group]
            if len(members) > 2:
                keys = members[0].keys()
                rows[f"mean of {group}_*"] = {k: float(numpy.nanmean([m[k] for m in members])) for k in keys}
        for name, row in rows.items():
            print(f"{name:36}" + "".join(f" {key} {value:.4f}" if key != "docs" else f" {value:5.0f}" for key, value in row.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("labeled", nargs="+", metavar="LABELED[=WEIGHT]")
    parser.add_argument("-o", "--output", type=Path, help="where the weights go; without it nothing is written")
    parser.add_argument("--folds", type=int, default=5, help="parts for cross-validation by host; 0 for none")
    parser.add_argument("--cost", type=float, action="append", default=[], help="also validate at this cost")
    parser.add_argument("--program", default="target/release/dechaff")
    parser.add_argument("--save", type=Path, help="keep the figures of all documents here, as JSON")
    args = parser.parse_args()
    sets = []
    for name in args.labeled:
        path, _, weight = name.partition("=")
        sets.append((Path(path), float(weight or 1), read(Path(path))))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        names, documents = gather(args.program, sets, folder)
        if args.folds:
            levels = [(level, None) for level in COSTS] + [("balanced", cost) for cost in args.cost]
            figures = cross_validate(args.program, sets, documents, names, args.folds, levels, folder)
            show(figures)
            if args.save:
                args.save.write_text(json.dumps([[level, cost, kinds] for (level, cost), kinds in figures.items()]))
        if args.output:
            model, left, units = fit(documents)
            fitted_on = [f"{path.stem}: {len(records)} documents, weight {weight:g}" for path, weight, records in sets]
            fitted_on.append(f"with thinned, gold and blind copies: {len(documents)} documents, {units} units")
            args.output.write_text(weights_text(model, left, names, fitted_on))


if __name__ == "__main__":
    main()
