"""check.py FOLDER [HEM]: is this folder that `hem export` made what its trainer reads, and does it say the same?

The rules are those of the trainers' own loaders, named at each check. HEM is an export of the same episodes in hem's
own format: every action that is read back from FOLDER must be the one there, at the same place, and of the same step.
Prints what is wrong and ends with 1, or says how much was read.
"""
import json
import math
import os
import re
import struct
import sys
import tarfile

sys.dont_write_bytecode = True
from actions import answer, hem_action, problems, pyautogui, wrong  # noqa: E402


def rows_of(path):
    """JSON lines: UTF-8, one object a line, no constants that are not JSON."""
    with open(path, "rb") as f:
        data = f.read()
    if not data.endswith(b"\n"):
        wrong(path, "the last line has no end")

    def constant(name):
        raise ValueError(name)

    rows = []
    for n, line in enumerate(data.decode("utf-8").split("\n")[:-1], 1):
        rows.append(json.loads(line, parse_constant=constant))
        if not isinstance(rows[-1], dict):
            wrong(f"{path}:{n}", "not an object")
    return rows


def png_size(path):
    with open(path, "rb") as f:
        head = f.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        wrong(path, "no PNG")
        return 0, 0
    return struct.unpack(">II", head[16:24])


def smart_resize(width, height, factor, least, most):
    """Qwen's processors and UI-TARS codes/ui_tars/action_parser.py; Python rounds halves to even."""
    w, h = max(factor, round(width / factor) * factor), max(factor, round(height / factor) * factor)
    if w * h > most:
        by = math.sqrt(width * height / most)
        w, h = math.floor(width / by / factor) * factor, math.floor(height / by / factor) * factor
    elif w * h < least:
        by = math.sqrt(least / (width * height))
        w, h = math.ceil(width * by / factor) * factor, math.ceil(height * by / factor) * factor
    return w, h


class Export:
    """What stands in export.json, and in what the numbers must lie."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "export.json"), encoding="utf-8") as f:
            self.about = json.load(f)
        self.coords = self.about["coords"]
        self.splits = [s["name"] for s in self.about["splits"]]
        self.targets = {}
        for size in self.about["sizes"]:
            original, target = tuple(size["original"]), tuple(size["target"])
            expected = {"px": original, "unit": (1, 1), "thousand": (1000, 1000)}.get(self.coords)
            if expected is None:
                rule = self.about["smart_resize"]
                if rule["factor"] != int(self.coords[len("smart"):]):
                    wrong(folder, f"{self.coords} with a factor of {rule['factor']}")
                expected = smart_resize(*original, rule["factor"], rule["min_pixels"], rule["max_pixels"])
            if target != expected:
                wrong(folder, f"{original} becomes {target}, not {expected}")
            self.targets[original] = target
        self.read = {}  # (episode, number) -> the step, and what is done
        self.same = {}  # ... as the row of hem's own

    def path(self, name):
        return os.path.join(self.folder, name)

    def picture(self, where, name):
        """The picture is there, inside the folder, and of a size that export.json knows."""
        path = self.path(name)
        if os.path.isabs(name) or ".." in name.split("/") or os.path.islink(path) or not os.path.isfile(path):
            wrong(where, f"no picture {name}")
            return None
        size = png_size(path)
        if size not in self.targets:
            wrong(where, f"a picture of {size}")
        return size

    def point(self, where, size, x, y):
        width, height = self.targets.get(size, (0, 0))
        # Of pixels the last is one less; a thousandth and a share may be the side itself.
        last = 0 if self.coords in ("unit", "thousand") else 1
        if not (0 <= x <= width - last and 0 <= y <= height - last):
            wrong(where, f"{x},{y} is outside {width}x{height}")
        for v in (x, y):
            if self.coords == "unit":
                if round(v, 4) != v:
                    wrong(where, f"{v} has more than four decimals")
            elif v != int(v):
                wrong(where, f"{v} is not whole")
        return self.on_screen(size, x, y)

    def on_screen(self, size, x, y):
        """The pixel of the screen that is meant."""
        half = 0 if self.coords in ("unit", "thousand") else 0.5
        # A share has four decimals: what it is short of a pixel by is no pixel.
        return tuple(min(int((v + half) * s / t + 1e-6), s - 1) for v, s, t in zip((x, y), size, self.targets[size]))


# ---- the way back ----

def near(a, b):
    return a == b or (a and b and max(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 1)


def as_words(actions, words):
    """What is left of ACTIONS in words that lack some of it."""
    out = []
    for a in actions:
        if words == "ui-tars" and a[:3] == ("click", "left", 3):
            out += [("click", "left", 1, a[3]), ("key", ["ctrl", "a"])]
        elif words == "ui-tars" and a[0] == "wait":
            out.append(("wait", 5))
        elif words == "ui-tars" and a[0] == "scroll":
            times = max(1, min(20, int(abs(a[2]) + 2) // 5))
            out += [("scroll", a[1], 5 if a[2] > 0 else -5, a[3])] * times
        else:
            out.append(a)
    return out


def same_actions(a, b):
    if len(a) != len(b):
        return False
    for x, y in zip(a, b):
        for v, w in zip(x, y):
            place = isinstance(v, tuple) or isinstance(w, tuple)
            if not (near(v, w) if place else v == w):
                return False
    return True


def prose(text):
    """Steps in answers have a space in what would be a mark."""
    return re.sub(r"<(?=(?:/?(?:\||image|video|audio|bbox|point>|tool_call>)))", "< ", text)


def compare(export, hem):
    rows = {(r["episode"], r["number"]): r for r in rows_of(os.path.join(hem, "train.jsonl"))}
    found = 0
    for key, (step, actions) in export.read.items():
        row = rows[key]
        expected = as_words(hem_action(row["action"]), export.about["actions"])
        if not same_actions(actions, expected):
            wrong(key, f"{actions}, and it was {expected}: {row['action']}")
        if step != prose(row["step"] or ("The goal is reached." if row["kind"] == "done" else "")):
            wrong(key, f"the step {step!r} was {row['step']!r}")
        found += 1
    for key, row in export.same.items():
        for name in HEM:
            if name not in ("coords", "target", "at", "path") and row[name] != rows[key][name]:
                wrong(key, f"{name} is {row[name]!r}, and it was {rows[key][name]!r}")
        size = tuple(row["screen"])
        there = rows[key]["at"]
        here = export.on_screen(size, *row["at"]) if row["at"] else None
        if not near(here, tuple(there) if there else None):
            wrong(key, f"at {here}, and it was {there}")
        found += 1
    if found != len(rows) - export.about["left_out"]:
        wrong(export.folder, f"{found} actions came back of {len(rows)}")


MARKS = re.compile(r"<(image|video|audio|bbox|ref-object|cot-process|start-image)>|<\|")


def marks(where, text, **expected):
    """No mark of a trainer or a tokenizer but those that are meant."""
    for mark in MARKS.finditer(text):
        if mark.group(1) not in expected:
            wrong(where, f"a mark: {text[max(0, mark.start() - 20):mark.end()]!r}")


# ---- formats ----

def messages(export, where, row):
    """LLaMA-Factory src/llamafactory/data/converter.py (roles in turns) and mm_plugin.py (as many marks as pictures)."""
    talk = row["messages"]
    if [m["role"] for m in talk] != ["system", "user", "assistant"]:
        wrong(where, "roles out of turn")
    if any(not isinstance(m["content"], str) or not m["content"] for m in talk):
        wrong(where, "a message without content")
    count = sum(m["content"].count("<image>") for m in talk)
    if count != len(row["images"]):
        wrong(where, f"{count} marks, {len(row['images'])} pictures")
    for m in talk:
        marks(where, m["content"], **({"image": 1} if m["role"] == "user" else {}))
    size = export.picture(where, row["images"][0])
    export.read[key_of(row)] = answer(export, where, size, talk[2]["content"])


def key_of(row):
    episode, number = row["id"].split("/")
    return episode, int(number)


def llamafactory(export):
    """parser.py: dataset_info.json names the files, the columns and the tags."""
    with open(export.path("dataset_info.json"), encoding="utf-8") as f:
        info = json.load(f)
    for split in export.splits:
        attr = info[f"hem_{split}"]
        if attr["formatting"] != "sharegpt" or attr["columns"] != {"messages": "messages", "images": "images"}:
            wrong(export.folder, "dataset_info.json does not fit")
        if attr["tags"] != {"role_tag": "role", "content_tag": "content", "user_tag": "user",
                            "assistant_tag": "assistant", "system_tag": "system"}:
            wrong(export.folder, "the tags do not fit")
        if not os.path.isfile(export.path(attr["file_name"])):
            wrong(export.folder, f"no {attr['file_name']}")
    return chat(export)


def chat(export):
    return each_row(export, messages)


def each_row(export, check):
    rows = 0
    for split in export.splits:
        path = export.path(f"{split}.jsonl")
        for n, row in enumerate(rows_of(path), 1):
            check(export, f"{path}:{n}", row)
            rows += 1
    return rows


def qwen_finetune(export, where, row):
    """qwen-vl-finetune/qwenvl/data/data_processor.py, _build_messages: human and gpt; as many marks as pictures."""
    talk = row["conversations"]
    if [t["from"] for t in talk] != ["human", "gpt"]:
        wrong(where, "not human and gpt")
    images = [row["image"]] if isinstance(row["image"], str) else row["image"]
    parts = re.split(r"(<image>|<video>)", talk[0]["value"])
    if parts.count("<image>") != len(images):
        wrong(where, "marks and pictures do not match")
    marks(where, talk[0]["value"], image=1)
    marks(where, talk[1]["value"])
    size = export.picture(where, images[0])
    export.read[key_of(row)] = answer(export, where, size, talk[1]["value"])


def swift(export, where, row):
    """swift/dataset/preprocessor/core.py: roles, objects; docs Custom-dataset: as many marks as boxes."""
    talk, objects = row["messages"], row["objects"]
    if [m["role"] for m in talk] != ["system", "user", "assistant"] or any(not m["content"] for m in talk):
        wrong(where, "messages")
    marks(where, talk[0]["content"])
    marks(where, talk[1]["content"], image=1)
    marks(where, talk[2]["content"], bbox=1)
    if talk[1]["content"].count("<image>") != len(row["images"]):
        wrong(where, "marks and pictures do not match")
    if talk[2]["content"].count("<bbox>") != len(objects["bbox"]) or objects["ref"]:
        wrong(where, "marks and boxes do not match")
    if objects["bbox_type"] != {"px": "real", "unit": "norm1"}[export.coords]:
        wrong(where, "what the boxes count")
    size = export.picture(where, row["images"][0])
    places = [export.point(where, size, *box) for box in objects["bbox"]]
    export.read[key_of(row)] = answer(export, where, size, talk[2]["content"], places)
    if places:
        wrong(where, "boxes are left over")


def trl(export, where, row):
    """docs/source/dataset_formats.md: messages of parts; as many parts that are pictures as pictures."""
    talk = row["messages"]
    if [m["role"] for m in talk] != ["system", "user", "assistant"]:
        wrong(where, "roles out of turn")
    parts = [p for m in talk for p in m["content"]]
    if any(p != {"type": "image"} and (set(p) != {"type", "text"} or p["type"] != "text") for p in parts):
        wrong(where, "a part that is none")
    if parts.count({"type": "image"}) != len(row["images"]):
        wrong(where, "parts and pictures do not match")
    for part in parts:
        marks(where, part.get("text", ""))
    size = export.picture(where, row["images"][0])
    export.read[key_of(row)] = answer(export, where, size, talk[2]["content"][0]["text"])


AGENTNET_ROW = ["task_id", "instruction", "task_completed", "alignment_score", "efficiency_score", "task_difficulty",
                "reason", "actual_task", "natural_language_task", "traj"]
AGENTNET_STEP = ["code", "observation", "thought", "action", "last_step_correct", "last_step_redundant", "reflection"]


def agentnet(export):
    """data/cot-generate: a row an episode, index from 0, the picture by its bare name in a folder."""
    steps = 0
    for split in export.splits:
        path = export.path(f"{split}.jsonl")
        for n, row in enumerate(rows_of(path), 1):
            where = f"{path}:{n}"
            if list(row) != AGENTNET_ROW:
                wrong(where, f"members {list(row)}")
            for index, step in enumerate(row["traj"]):
                value, image = step["value"], step["image"]
                if step["index"] != index or list(value) != AGENTNET_STEP or "/" in image:
                    wrong(where, f"step {index}")
                size = export.picture(where, f"images/{image}")
                episode, number = image.removesuffix(".png").rsplit("-", 1)
                done = pyautogui(export, where, size, value["code"], True)
                export.read[episode, int(number)] = (prose(value["action"]), done)
                steps += 1
            if row["task_completed"] != (row["traj"][-1]["value"]["code"] == "computer.terminate(status='success')"):
                wrong(where, "the end does not fit the outcome")
    return steps


OSWORLD = ["step_num", "action_timestamp", "action", "response", "reward", "done", "info", "screenshot_file"]


def osworld(export):
    """lib_run_single.py: step_0.png, then step_N_TIME.png after each action; result.txt."""
    steps = 0
    for root, _, files in os.walk(export.folder):
        if "traj.jsonl" not in files:
            continue
        name = os.path.relpath(root, export.folder)
        episode = os.path.basename(root)
        size = export.picture(root, f"{name}/step_0.png")
        for n, row in enumerate(rows_of(os.path.join(root, "traj.jsonl")), 1):
            where = f"{root}/traj.jsonl:{n}"
            if list(row) != OSWORLD or row["step_num"] != n:
                wrong(where, "members or number")
            if not re.fullmatch(r"\d{8}@\d{6}", row["action_timestamp"]):
                wrong(where, "the time")
            if row["screenshot_file"] != f"step_{n}_{row['action_timestamp']}.png":
                wrong(where, "the picture's name")
            export.picture(where, f"{name}/{row['screenshot_file']}")
            if row["done"] != (row["action"] in ("DONE", "FAIL")):
                wrong(where, "done")
            done = [("done",)] if row["action"] == "DONE" else pyautogui(export, where, size, row["action"], False)
            export.read[episode, n] = (prose(row["response"]), done)
            steps += 1
        with open(os.path.join(root, "result.txt"), encoding="utf-8") as f:
            float(f.read())
        with open(os.path.join(root, "task.json"), encoding="utf-8") as f:
            if json.load(f)["id"] != episode:
                wrong(root, "task.json")
    return steps


def webdataset(export):
    """src/webdataset/tariterators.py, group_by_keys: files side by side with one name up to the first point."""
    samples = 0
    for split in export.splits:
        shards = sorted(n for n in os.listdir(export.folder) if re.fullmatch(split + r"-\d{6}\.tar", n))
        if [int(n[-10:-4]) for n in shards] != list(range(len(shards))) or not shards:
            wrong(export.folder, "the shards are not numbered from 0")
        keys = []
        for shard in shards:
            current = {}
            with tarfile.open(export.path(shard)) as tar:
                for member in tar:
                    match = re.match(r"^((?:.*/|)[^.]+)[.]([^/]*)$", member.name)
                    key, suffix = match.groups()
                    if not keys or keys[-1] != key:
                        keys.append(key)
                        current = {}
                    if suffix in current:
                        wrong(shard, f"{member.name} stands twice")
                    current[suffix] = tar.extractfile(member).read()
                    if set(current) == {"png", "json"}:
                        row = json.loads(current["json"].decode("utf-8"))
                        size = struct.unpack(">II", current["png"][16:24])
                        record(export, f"{shard}:{key}", row, size)
                        if key != f"{row['episode']}-{row['number']:06}":
                            wrong(shard, f"{key} is not the row's")
                        samples += 1
        if len(set(keys)) != len(keys):
            wrong(export.folder, "a sample is torn apart")
    return samples


def imagefolder(export):
    """datasets, folder_based_builder: metadata.jsonl in the split's folder, file_name from there, each but once."""
    rows = 0
    for split in export.splits:
        path = export.path(f"{split}/metadata.jsonl")
        names = set()
        for n, row in enumerate(rows_of(path), 1):
            size = export.picture(f"{path}:{n}", f"{split}/{row['file_name']}")
            record(export, f"{path}:{n}", row, size)
            names.add(row["file_name"])
            rows += 1
        there = {f for f in os.listdir(export.path(split)) if f != "metadata.jsonl"}
        if names != there or len(names) != n:
            wrong(path, "pictures and rows do not match")
    return rows


HEM = {"episode": str, "number": int, "turn": int, "task": (str, type(None)), "goal": str, "policy": (str, type(None)),
       "outcome": str, "step": (str, type(None)), "action": str, "kind": str, "at": (list, type(None)),
       "path": (list, type(None)), "text": (str, type(None)), "keys": (str, type(None)), "coords": str,
       "screen": list, "target": list, "seconds": (int, float), "wall": (str, type(None))}


def record(export, where, row, size):
    """Every row has the same members of the same types, as a table wants."""
    for name, kind in HEM.items():
        if name not in row or not isinstance(row[name], kind):
            wrong(where, f"{name} is missing or of another type")
            return
    if row["coords"] != export.coords or tuple(row["screen"]) != size or tuple(row["target"]) != export.targets[size]:
        wrong(where, "its coordinates or sizes are not those of export.json")
    for place in ([row["at"]] if row["at"] else []) + (row["path"] or []):
        export.point(where, size, *place)
    export.same[row["episode"], row["number"]] = row


def hem_row(export, where, row):
    size = export.picture(where, row["image"])
    record(export, where, {k: v for k, v in row.items()}, size)


FORMATS = {
    "hem": lambda export: each_row(export, hem_row),
    "llamafactory": llamafactory,
    "qwen": lambda export: each_row(export, qwen_finetune),
    "ui-tars": chat,
    "ms-swift": lambda export: each_row(export, swift),
    "trl": lambda export: each_row(export, trl),
    "opencua": agentnet,
    "osworld": osworld,
    "webdataset": webdataset,
    "imagefolder": imagefolder,
}


def main(folder, hem=None):
    export = Export(folder)
    rows = FORMATS[export.about["format"]](export)
    expected = sum(s["samples"] for s in export.about["splits"])
    if rows != expected:
        wrong(folder, f"{rows} samples, export.json says {expected}")
    if hem:
        compare(export, hem)
    print(f"{export.about['format']}: {rows} samples")
    for problem in problems[:50]:
        print(problem)
    sys.exit(1 if problems else 0)


main(*sys.argv[1:])
