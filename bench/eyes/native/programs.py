#!/usr/bin/python3
"""Pictures of native programs with the truth of what is on them, for measuring eyes (`hem see --image`).

  programs.py OUT [--only REGEX] [--list]     writes OUT/nat-PROGRAM-VIEW.png and .json (percept-truth/1)

What to run and how to get to each view stands in programs.json beside this file. Needs: xvfb openbox dbus at-spi2-core python3-gi gir1.2-atspi-2.0 python3-xlib
python3-numpy python3-pil, and the programs, themes and fonts named there. Runs each view in a home and on a screen of its own.
"""
import argparse, json, os, re, shutil, signal, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))


def catalogue():
    """All views of all programs, each with its look: looks go round, so that every toolkit is seen in many."""
    with open(HERE + '/programs.json', encoding='utf-8') as file:
        book = json.load(file)
    views, turn = [], {}
    for program in book['programs']:
        looks = book['looks'][program.get('looks', program['toolkit'])]
        for name, steps in program['views'].items():
            at = turn[id(looks)] = turn.get(id(looks), 0) + 1
            views.append(dict(program, view=name, steps=steps, look=looks[at % len(looks)], name=f'nat-{program["app"]}-{name}'))
    return views


def fixtures(home):
    """Something for the programs to open."""
    for name, text in (('notes.txt', 'Shopping list for Saturday\n\n- two litres of milk\n- brown bread\n- coffee filters (size 4)\n\nCall the garage about the brakes before noon.\n'),
                       ('prices.csv', 'item,price,stock\nlamp,19.90,4\ndesk,149.00,2\nchair,79.50,11\n'), ('hello.c', '#include <stdio.h>\n\nint main(void)\n{\n    puts("hello");\n    return 0;\n}\n'),
                       ('other.txt', 'Shopping list for Sunday\n\n- two litres of juice\n- brown bread\n')):
        with open(f'{home}/{name}', 'w', encoding='utf-8') as file:
            file.write(text)
    for folder in ('Documents', 'Music', 'Pictures', 'run'):
        os.makedirs(f'{home}/{folder}', mode=0o700, exist_ok=True)


def one(view, out):
    """Makes one view on a desktop of its own; returns what it has to say."""
    import desktop
    room = tempfile.mkdtemp(prefix='eyes-')
    home = room + '/ada'
    os.mkdir(home)
    server = None
    try:
        fixtures(home)
        desktop.furnish(home, view['look'])
        for path, text in view.get('files', {}).items():
            desktop.write(f'{home}/{path}', text)
        server, screen = desktop.start_screen(home)
        env = dict(desktop.environment(home, screen), **view.get('env', {}))
        inner = subprocess.Popen(['dbus-run-session', '--', sys.executable, os.path.abspath(__file__), out, '--inside', json.dumps(view)], env=env, cwd=home, start_new_session=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            said, _ = inner.communicate(timeout=view.get('limit', 90))
        except subprocess.TimeoutExpired:
            said = 'took too long'
        try:
            os.killpg(inner.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        lines = [line for line in said.splitlines() if line.strip()]
        return (lines or ['said nothing'])[-1] if not os.environ.get('EYES_TALK') else said
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(room, ignore_errors=True)


def inside(view, out):
    """In the session of the view: starts the program, takes the steps, writes the picture and its truth."""
    import driver
    made = driver.Driver(view, os.environ['DISPLAY'])
    try:
        made.start()
        for step in view['steps']:
            made.step(step)
        print(made.write(out))
    finally:
        made.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out')
    parser.add_argument('--only', default='')
    parser.add_argument('--missing', action='store_true', help='only what OUT has not')
    parser.add_argument('--list', action='store_true')
    parser.add_argument('--inside', help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(json.loads(options.inside), options.out)
    out = os.path.abspath(options.out)
    os.makedirs(out, exist_ok=True)
    for view in catalogue():
        if not re.search(options.only, view['name']) or options.missing and os.path.exists(f'{out}/{view["name"]}.json'):
            continue
        if options.list:
            print(view['name'], view['look']['theme'], view['look']['font'], view['look']['points'])
            continue
        if not shutil.which(view['command'][0]):
            print(f'{view["name"]}: {view["command"][0]} is not installed', flush=True)
            continue
        began = time.monotonic()
        print(f'{view["name"]}: {one(view, out)} ({time.monotonic() - began:.0f} s)', flush=True)


if __name__ == '__main__':
    main()
