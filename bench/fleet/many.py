"""Many emulators alive at once on this machine: many.py COUNT [hem batch's options...]

Each has a program that can be used only once all COUNT of them are there; then it is looked at, typed into and clicked.
Prints what they take, as JSON: PSS, of the emulators and of their programs, and how much less memory is available."""
import json
import os
import subprocess
import sys
import tempfile
import time

from processes import descendants, name_of

HERE = os.path.dirname(os.path.abspath(__file__))
HEM = os.path.join(HERE, '..', '..', 'build', 'hem')
OWN = ('hem', 'Xvfb', 'openbox', 'dbus-daemon')


def available_mb():
    with open('/proc/meminfo') as file:
        return next(int(line.split()[1]) for line in file if line.startswith('MemAvailable')) / 1024


def pss_mb(pid):
    try:
        with open('/proc/%d/smaps_rollup' % pid) as file:
            return next(int(line.split()[1]) for line in file if line.startswith('Pss:')) / 1024
    except (OSError, StopIteration):
        return 0


def main():
    count, options = int(sys.argv[1]), sys.argv[2:]
    folder = tempfile.mkdtemp(prefix='many-')
    here, table, task = (os.path.join(folder, n) for n in ('here', 'rows.csv', 'task.yaml'))
    with open(table, 'w') as file:
        file.write('Name\n' + 'Ada\n' * count)
    with open(task, 'w') as file:
        json.dump({'program': ['wish', os.path.join(HERE, 'barrier.tcl'), here, str(count)], 'screen': '640x480',
                   'steps': ['wait for "Everybody is here" within 15 min', 'type "{{Name}}" into "Name"', 'click "Sign"',
                             'expect "Thank you" within 60 s'], 'submit': 'Sign', 'limits': {'seconds': 1800}}, file)
    before, load, began = available_mb(), os.getloadavg()[0], time.monotonic()
    hem = subprocess.Popen([HEM, 'batch', task, '--rows', table, '--run', os.path.join(folder, 'run'), '-j', str(count),
                            '--tries', '1', '--json', *options], stdout=subprocess.PIPE, text=True)
    while hem.poll() is None and (not os.path.exists(here) or sum(1 for _ in open(here)) < count):
        time.sleep(0.2)
    all_there = time.monotonic() - began
    less, everybody, own, program = before - available_mb(), descendants(hem.pid), 0, 0
    for pid in everybody:
        if name_of(pid).startswith(OWN):
            own += pss_mb(pid)
        else:
            program += pss_mb(pid)
    events = [json.loads(line) for line in hem.stdout]
    outcomes = [e['outcome'] for e in events if e['event'] == 'row']
    print(json.dumps({
        'emulators_at_once': count, 'done': outcomes.count('done'), 'status': hem.wait(),
        'errors': sorted({e['error'] for e in events if e['event'] == 'row' and e['error']})[:3],
        'seconds_until_all_there': round(all_there, 1), 'seconds': round(time.monotonic() - began, 1),
        'processes': len(everybody), 'emulator_pss_mb': round(own / count, 1),
        'program_pss_mb': round(program / count, 1), 'less_available_mb_each': round(less / count, 1),
        'load_before': load, 'folder': folder}, indent=1))


main()
