"""check.py FOLDER...: is each of these folders that `hem export` made what its trainer reads?

The rules are those of the trainers' own loaders, named at each check. Prints what is wrong and ends with 1, or says how
much was read.
"""
import ast
import json
import math
import os
import re
import struct
import sys

problems = []


def wrong(where, text):
    problems.append(f"{where}: {text}")


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


# ---- actions ----

QWEN = {"left_click": 1, "right_click": 1, "middle_click": 1, "double_click": 1, "triple_click": 1, "mouse_move": 2,
        "left_click_drag": 2, "scroll": 1, "hscroll": 1, "type": 0, "key": 0, "wait": 0, "terminate": 0}
UI_TARS = {"click": ["start_box"], "left_double": ["start_box"], "right_single": ["start_box"], "hover": ["start_box"],
           "drag": ["start_box", "end_box"], "hotkey": ["key"], "type": ["content"], "wait": [],
           "scroll": ["direction"], "finished": ["content"]}


def qwen(export, where, size, text):
    """Every call is JSON between tags; coordinates in their range. cookbooks/utils/agent_function_call.py."""
    calls = re.findall(r"<tool_call>\n(.*?)\n</tool_call>", text, re.S)
    if not calls or text.count("<tool_call>") != len(calls):
        wrong(where, "no call, or half of one")
    for call in calls:
        value = json.loads(call)
        arguments = value["arguments"]
        action = arguments["action"]
        if value["name"] != "computer_use" or action not in QWEN:
            wrong(where, f"no such call: {call}")
        elif QWEN[action] == 2 and "coordinate" not in arguments:
            wrong(where, f"{action} without a coordinate")
        if "coordinate" in arguments:
            export.point(where, size, *arguments["coordinate"])
        if action == "key" and not all(isinstance(k, str) and k for k in arguments["keys"]):
            wrong(where, "bad keys")
        if action == "type" and not isinstance(arguments["text"], str):
            wrong(where, "no text")
        if action in ("scroll", "hscroll") and not arguments["pixels"]:
            wrong(where, "a scroll by nothing")


def ui_tars(export, where, size, text):
    """As UI-TARS's own parse_action_to_structure_output reads it: codes/ui_tars/action_parser.py."""
    thought = re.search(r"Thought: (.+?)(?=\s*Action: |$)", text, re.S)
    if text.startswith("Thought:") and not thought:
        wrong(where, "the thought is not found")
    actions = text.split("Action: ")[-1].split(")\n\n")
    for action in actions:
        if "type(content" in action:
            action = action.strip() if action.strip().endswith(")") else action.strip() + ")"
            if not re.search(r"type\(content='(.*?)'\)", action):
                wrong(where, "the typed text is not found")
                continue
            content = re.sub(r"type\(content='(.*?)'\)", lambda m: m.group(1), action)
            action = "type(content='" + re.sub(r"(?<!\\)'", r"\\'", content) + "')"
        if not action.strip().endswith(")"):
            action = action.strip() + ")"
        call = ast.parse(action.replace("\n", "\\n").lstrip(), mode="eval").body
        name, values = call.func.id, {k.arg: k.value.value for k in call.keywords}
        if name not in UI_TARS or any(v not in values for v in UI_TARS[name]):
            wrong(where, f"no such action: {action}")
            continue
        for box in ("start_box", "end_box"):
            if box in values and values[box] != "<bbox>":
                x, y = values[box].replace("(", "").replace(")", "").split(",")
                export.point(where, size, float(x), float(y))
        if name == "hotkey" and not 1 <= len(values["key"].split(" ")) <= 3:
            wrong(where, f"keys: {values['key']}")
        if name == "scroll" and values["direction"] not in ("up", "down", "left", "right"):
            wrong(where, "no direction")


PYAUTOGUI = {"click": {"x", "y", "clicks", "button"}, "doubleClick": {"x", "y"}, "rightClick": {"x", "y"},
             "middleClick": {"x", "y"}, "moveTo": {"x", "y"}, "dragTo": {"x", "y", "button"}, "scroll": set(),
             "hscroll": set(), "write": {"message"}, "press": {"keys", "presses"}, "hotkey": {"keys"}}
COMPUTER = {"triple_click": {"x", "y"}, "wait": {"seconds"}, "terminate": {"status"}}
# All of pyautogui, for OSWorld: https://pyautogui.readthedocs.io
FREELY = dict(PYAUTOGUI, tripleClick={"x", "y"}, mouseDown={"x", "y", "button"}, mouseUp={"x", "y", "button"},
              keyDown=set(), keyUp=set())


def pyautogui(export, where, size, code, agentnet):
    """Calls with literal arguments only; AgentNet has those of data/data-process/src/schema/action.py."""
    for statement in ast.parse(code).body:
        call = statement.value
        module, name = call.func.value.id, call.func.attr
        known = {"pyautogui": PYAUTOGUI if agentnet else FREELY,
                 "computer": COMPUTER if agentnet else {}, "time": {} if agentnet else {"sleep": set()}}[module]
        values = {k.arg: ast.literal_eval(k.value) for k in call.keywords}
        for argument in call.args:
            ast.literal_eval(argument)
        if name not in known or not set(values) <= known[name]:
            wrong(where, f"no such call: {ast.unparse(call)}")
        elif "x" in values:
            export.point(where, size, values["x"], values["y"])


def answer(export, where, size, text):
    words = export.about["actions"]
    if words == "qwen":
        qwen(export, where, size, text)
    elif words == "ui-tars":
        ui_tars(export, where, size, text)
    else:
        code = re.search(r"```python\n(.*)\n```$", text, re.S)
        pyautogui(export, where, size, code.group(1), True) if code else wrong(where, "no code")


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
    answer(export, where, size, talk[2]["content"])


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
    qwen(export, where, size, talk[1]["value"])


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


def hem_row(export, where, row):
    size = export.picture(where, row["image"])
    record(export, where, {k: v for k, v in row.items()}, size)


FORMATS = {
    "hem": lambda export: each_row(export, hem_row),
    "llamafactory": llamafactory,
    "qwen": lambda export: each_row(export, qwen_finetune),
    "ui-tars": chat,
}


def check(folder):
    export = Export(folder)
    rows = FORMATS[export.about["format"]](export)
    expected = sum(s["samples"] for s in export.about["splits"])
    if rows != expected:
        wrong(folder, f"{rows} samples, export.json says {expected}")
    print(f"{export.about['format']}: {rows} samples")


for name in sys.argv[1:]:
    check(name)
for problem in problems[:50]:
    print(problem)
sys.exit(1 if problems else 0)
