"""What becomes of a batch when something of it is killed with SIGKILL: killed.py MOMENTS [SEED].

At each moment, chosen by chance, one process is killed: the supervisor, an emulator, an Xvfb, or a program. After the
same command was given again, every row must be done and stored exactly once, or unknown, with its record, and stored at
most once; and nothing may be left: no process, no lock or socket of an X server, no folder in /tmp or /dev/shm."""
import collections
import csv
import glob
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

from processes import descendants, name_of

HERE = os.path.dirname(os.path.abspath(__file__))
HEM = os.path.join(HERE, '..', '..', 'build', 'hem')
NAMES = ['Ada', 'Emmy', 'Grace', 'Marie', 'Lise', 'Rosalind', 'Hedy', 'Barbara', 'Sofia', 'Maria', 'Vera', 'Dorothy']
VICTIMS = {'supervisor': None, 'emulator': 'hem-emulator', 'display': 'Xvfb', 'program': 'python3'}


def is_alive(pid):
    try:
        with open('/proc/%d/stat' % pid) as file:
            return file.read().rsplit(')', 1)[1].split()[0] not in 'XZ'
    except OSError:
        return False


def screen_of(pid):
    """Where this Xvfb's picture lies; others may be at work on this machine, too."""
    try:
        with open('/proc/%d/cmdline' % pid) as file:
            words = file.read().split('\0')
    except OSError:
        return None
    return words[words.index('-fbdir') + 1] if '-fbdir' in words else None


def litter(pids, screens, temporary):
    """The locks of these processes, and the folders of emulators that are there."""
    locks = [path for path in glob.glob('/tmp/.X*-lock') if int(open(path).read() or 0) in pids]
    return locks + [path for path in screens if os.path.exists(path)] + os.listdir(temporary)


def moment(chance):
    folder = tempfile.mkdtemp(prefix='killed-')
    stored, table, task, run = (os.path.join(folder, n) for n in ('stored.jsonl', 'rows.csv', 'task.yaml', 'run'))
    with open(table, 'w') as file:
        file.write('First name\n' + '\n'.join(NAMES) + '\n')
    with open(task, 'w') as file:
        json.dump({'program': ['/usr/bin/python3', os.path.join(HERE, 'form.py'), stored],
                   'fields': {'First name': '{{First name}}'}, 'submit': 'Send',
                   'expect': ['Thank you, {{First name}}']}, file)
    temporary = os.path.join(folder, 't')
    os.mkdir(temporary)
    environment = {**os.environ, 'TMPDIR': temporary}
    command = [HEM, 'batch', task, '--rows', table, '--run', run, '-j', '3']
    hem = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           env=environment)
    time.sleep(chance.uniform(0, 5))  # the moment
    victim = chance.choice(list(VICTIMS))
    everybody, screens, chosen = set(), set(), None
    while not chosen and hem.poll() is None:
        family = descendants(hem.pid)
        everybody.update(family)
        screens.update(path for path in map(screen_of, family) if path)
        them = [hem.pid] if victim == 'supervisor' else [p for p in family if name_of(p) == VICTIMS[victim]]
        chosen = chance.choice(them) if them else None
    if chosen:
        os.kill(chosen, signal.SIGKILL)
    hem.wait()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
                   check=False)
    with open(os.path.join(run, 'results.csv')) as file:
        results = {int(row['row']): row for row in csv.DictReader(file)}
    with open(stored) as file:
        times = collections.Counter(json.loads(line)['First name'] for line in file)
    bad = []
    for number, name in enumerate(NAMES, 1):
        row = results.get(number, {'outcome': 'missing'})
        right = row['outcome'] == 'done' and times[name] == 1 or \
            row['outcome'] == 'unknown' and times[name] <= 1 and os.path.exists(row['record'])
        if not right:
            bad.append('row %d is %s, and stored %d times' % (number, row['outcome'], times[name]))
    deadline = time.monotonic() + 10
    left = lambda: [p for p in everybody if is_alive(p)] + litter(everybody, screens, temporary)  # noqa: E731
    while left() and time.monotonic() < deadline:
        time.sleep(0.05)
    unknown = sum(row['outcome'] == 'unknown' for row in results.values())
    return victim if chosen else 'nobody (it was done)', unknown, bad, left()


def main():
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else None)
    victims, unknowns, failures = collections.Counter(), 0, 0
    for i in range(int(sys.argv[1])):
        victim, unknown, bad, left = moment(chance)
        victims[victim] += 1
        unknowns += unknown
        failures += bool(bad or left)
        print('%2d  %-12s %d unknown%s%s' % (i + 1, victim, unknown, ''.join('; ' + b for b in bad),
                                           '; left: %s' % left if left else ''), flush=True)
    print('%s; %d rows unknown; %d moments after which something was wrong' % (dict(victims), unknowns, failures))
    sys.exit(failures > 0)


main()
