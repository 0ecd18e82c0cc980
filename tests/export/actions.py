"""Actions as models and hem write them, read back: each reader gives what is done as (what, ...), with places in pixels
of the screen. EXPORT makes pixels of places."""
import ast
import json
import re

problems = []


def wrong(where, text):
    problems.append(f"{where}: {text}")


def qwen(export, where, size, text):
    """Every call is JSON between tags; coordinates in their range. cookbooks/utils/agent_function_call.py."""
    calls = re.findall(r"<tool_call>\n(.*?)\n</tool_call>", text, re.S)
    if not calls or text.count("<tool_call>") != len(calls):
        wrong(where, "no call, or half of one")
    done, pointer = [], None
    for call in map(json.loads, calls):
        a = call["arguments"]
        action, at = a["action"], a.get("coordinate")
        at = export.point(where, size, *at) if at else None
        click = {"left_click": ("left", 1), "double_click": ("left", 2), "triple_click": ("left", 3),
                 "right_click": ("right", 1), "middle_click": ("middle", 1)}.get(action)
        if call["name"] != "computer_use" or set(call) != {"name", "arguments"}:
            wrong(where, f"no such call: {call}")
        elif click:
            done.append(("click", *click, at))
        elif action == "mouse_move":
            done.append(("move", at))
            pointer = at
        elif action == "left_click_drag":
            done[-1] = ("drag", "left", pointer, at)
        elif action in ("scroll", "hscroll"):
            done.append(("scroll", action == "hscroll", a["pixels"] * (1 if action == "hscroll" else -1) / 120, at))
        elif action == "type":
            done.append(("type", a["text"]))
        elif action == "key":
            done.append(("key", a["keys"]))
        elif action == "wait":
            done.append(("wait", a["time"]))
        elif action == "terminate":
            done.append(("done",) if a["status"] == "success" else ("failed",))
        else:
            wrong(where, f"no such action: {action}")
    return done


def ui_tars(export, where, size, text, places=None):
    """As UI-TARS's own parse_action_to_structure_output reads it: codes/ui_tars/action_parser.py."""
    if text.startswith("Thought:") and not re.search(r"Thought: (.+?)(?=\s*Action: |$)", text, re.S):
        wrong(where, "the thought is not found")
    done = []
    for action in text.split("Action: ")[-1].split(")\n\n"):
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

        def place(box):
            if box not in values:
                return None
            if places is not None:  # ms-swift puts it there
                return places.pop(0)
            x, y = values[box].replace("(", "").replace(")", "").split(",")
            return export.point(where, size, float(x), float(y))

        if name in ("click", "left_double", "right_single"):
            done.append(("click", "right" if name == "right_single" else "left", 1 + (name == "left_double"),
                         place("start_box")))
        elif name == "hover":
            done.append(("move", place("start_box")))
        elif name == "drag":
            done.append(("drag", "left", place("start_box"), place("end_box")))
        elif name == "hotkey":
            if not 1 <= len(values["key"].split(" ")) <= 3:
                wrong(where, f"keys: {values['key']}")
            done.append(("key", values["key"].split(" ")))
        elif name == "type":
            done.append(("type", values["content"]))
        elif name == "scroll":
            way = ("up", "down", "left", "right").index(values["direction"])
            done.append(("scroll", way > 1, 5 * (-1, 1)[way % 2], place("start_box")))
        elif name == "wait":
            done.append(("wait", 5))
        elif name == "finished":
            done.append(("done",))
        else:
            wrong(where, f"no such action: {action}")
    return done


# AgentNet's calls: data/data-process/src/schema/action.py; OSWorld runs whatever Python there is.
AGENTNET = {"click", "doubleClick", "rightClick", "middleClick", "moveTo", "dragTo", "scroll", "hscroll", "write", "press",
            "hotkey", "triple_click", "wait", "terminate"}
FREE = AGENTNET - {"triple_click", "wait", "terminate"} | {"tripleClick", "mouseDown", "mouseUp", "keyDown", "keyUp",
                                                           "sleep"}
# Arguments by their place, https://pyautogui.readthedocs.io
POSITIONS = {"scroll": ["clicks"], "hscroll": ["clicks"], "write": ["message"], "press": ["keys", "presses"],
             "sleep": ["seconds"], "keyDown": ["key"], "keyUp": ["key"]}


def pyautogui(export, where, size, code, agentnet):
    """Calls with literal arguments only."""
    done, pointer = [], None
    for statement in ast.parse(code).body:
        call = statement.value
        module, name = call.func.value.id, call.func.attr
        arguments = [ast.literal_eval(a) for a in call.args]
        v = {k.arg: ast.literal_eval(k.value) for k in call.keywords}
        if name == "hotkey" and arguments:
            v["keys"] = arguments
        else:
            v.update(zip(POSITIONS.get(name, []), arguments))
        home = {"triple_click": "computer", "wait": "computer", "terminate": "computer", "sleep": "time"}
        if name not in (AGENTNET if agentnet else FREE) or module != home.get(name, "pyautogui"):
            wrong(where, f"no such call: {ast.unparse(call)}")
            continue
        if agentnet and "keys" in v and not isinstance(v["keys"], list):
            wrong(where, "keys are a list")
        at = export.point(where, size, v["x"], v["y"]) if "x" in v else None
        click = {"click": ("left", 1), "doubleClick": ("left", 2), "tripleClick": ("left", 3),
                 "triple_click": ("left", 3), "rightClick": ("right", 1), "middleClick": ("middle", 1)}.get(name)
        if click:
            done.append(("click", v.get("button", click[0]), v.get("clicks", click[1]), at))
        elif name == "moveTo":
            pointer = at
            done.append(("move", at))
        elif name == "dragTo":
            done[-1] = ("drag", v["button"], pointer, at)
        elif name in ("scroll", "hscroll"):
            scroll = ("scroll", name == "hscroll", v["clicks"] * (1 if name == "hscroll" else -1), pointer)
            done = done[:-1] + [scroll] if done and done[-1][0] == "move" else done + [scroll]
        elif name == "write":
            done.append(("type", v["message"]))
        elif name in ("press", "hotkey"):
            keys = v["keys"] if isinstance(v["keys"], list) else [v["keys"]]
            done += [("key", keys)] * v.get("presses", 1)
        elif name in ("wait", "sleep"):
            done.append(("wait", v["seconds"]))
        elif name == "terminate":
            done.append(("done",) if v["status"] == "success" else ("failed",))
        elif name == "mouseUp" and at is None:  # the end of a drag by way of more than two points
            down = [a[0] for a in done].index("mouseDown")
            done[down - 1:] = [("drag", v["button"], done[down - 1][1], pointer)]
        else:
            done.append((name, v.get("key", v.get("button")), at))
    return done


def answer(export, where, size, text, places=None):
    """The step that stands in front, and what is done."""
    words = export.about["actions"]
    if words == "qwen":
        return text[:text.index("<tool_call>")].rstrip("\n"), qwen(export, where, size, text)
    if words == "ui-tars":
        step = text[:text.rindex("Action: ")].rstrip("\n")
        return step.removeprefix("Thought: "), ui_tars(export, where, size, text, places)
    code = re.search(r"```python\n(.*)\n```$", text, re.S)
    if not code:
        wrong(where, "no code")
        return "", []
    return text[:text.index("```python")].rstrip("\n"), pyautogui(export, where, size, code.group(1), True)


# ---- what hem's own line says ----

KEYS = {"return": "enter", "escape": "esc", "control": "ctrl", "super": "win"}


def hem_key(name):
    plain = name.lower().replace("_", "") if len(name) > 1 else name
    return KEYS.get(plain, plain)


def unquote(text):
    """hem's quotes are JSON's but for \\xNN."""
    return json.loads(re.sub(r"\\x(..)", r"\\u00\1", text))


def hem_action(line):
    """One line of hem's, `click left at 412,300`, as the readers above have it."""
    def at(pattern=r" at (\d+),(\d+)"):
        found = re.search(pattern, line)
        return tuple(map(int, found.groups())) if found else None

    word = line.split()[0]
    if word.endswith("click"):
        return [("click", line.split()[1], {"click": 1, "double-click": 2, "triple-click": 3}[word], at())]
    if word == "move":
        return [("move", at())]
    if word == "drag":
        points = re.findall(r"(\d+),(\d+)", line)
        return [("drag", line.split()[1], tuple(map(int, points[0])), tuple(map(int, points[-1])))]
    if word == "scroll":
        per = 120 if " pixels" in line else 1
        return [("scroll", way in ("left", "right"), (-1 if way in ("up", "left") else 1) * int(n) / per, at())
                for way, n in re.findall(r"(down|up|left|right) (\d+)", line)]
    if word == "type":
        return [("type", unquote(line[5:]))]
    if word == "key":
        times = re.search(r" (\d+) times$", line)
        chord = re.sub(r" \d+ times$", "", line[4:]).strip('"')
        keys = [hem_key(k) for k in re.findall(r"\+$|[^+]+", chord)]
        keys = [k.lower() if len(keys) > 1 else k for k in keys]
        return [("key", keys)] * (int(times.group(1)) if times else 1)
    if word == "wait":
        return [("wait", int(line.split()[1]) / 1000)]
    return [(word,)]
