# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates YAML files by a JSON Schema, independently of Headroom: PyYAML and the jsonschema package.

validate.py SCHEMA FILE...    prints one line a file: "accepted", or "refused" and where and why
"""

import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.CSafeLoader):
    """YAML 1.2 (core schema), as scenarios are written in. PyYAML reads 1.1, where yes, on, 1:30 and 2024-01-31 are no
    texts."""

    yaml_implicit_resolvers = {}


for kind, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$", list("-+.0123456789")),
]:
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + kind, re.compile(pattern), first)
# 007 is seven, not octal as in YAML 1.1.
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node).replace(".inf", "inf").replace(".nan", "nan")))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            document = yaml.load(file, Loader)
        error = jsonschema.exceptions.best_match(validator.iter_errors(document))
        print("accepted" if error is None else f"refused {error.json_path}: {error.message[:200]}".replace("\n", " "))


main()
