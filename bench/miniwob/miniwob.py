#!/usr/bin/env python3
"""miniwob.py DIR: plain instructions on MiniWoB++ pages, without a model: how many episodes hem does, and how fast.

DIR holds the harness, miniwob-run, which shows a page in Chromium, hands hem a display and an instruction, and is given the
page's reward; MINIWOB_ROOT names a checkout of Farama-Foundation/miniwob-plusplus. Only a reward of 1 within the page's
own time counts. Run from the root of the sources by `make bench-miniwob`; what hem printed, its trajectories and the
episodes are left in build/miniwob. TASKS (group:A), EPISODES (10) and SEED (1) choose others,
OUT another folder.
"""
import collections
import json
import os
import shutil
import statistics
import subprocess
import sys

OUT = os.path.abspath(os.environ.get('OUT', 'build/miniwob'))
EPISODES = os.path.join(OUT, 'episodes.jsonl')
# $EMU_TASK names files only: hem itself is told nothing but the instruction. It is a copy, whatever is built meanwhile.
AGENT = ('"%s" run --policy literal --goal "$EMU_GOAL" --display "$DISPLAY" --out "%s/$EMU_TASK.$EMU_SEED" '
         '>"%s/$EMU_TASK.$EMU_SEED.log" 2>&1' % (os.path.join(OUT, 'hem'), OUT, OUT))


def fail(text):
    print('miniwob.py: ' + text, file=sys.stderr)
    sys.exit(2)


def free_display():
    return next(n for n in range(90, 600) if not os.path.exists('/tmp/.X11-unix/X%d' % n))


def play(harness):
    """Runs all episodes; what the harness prints is kept in OUT."""
    argv = [harness, '--tasks', os.environ.get('TASKS', 'group:A'), '--episodes', os.environ.get('EPISODES', '10'),
            '--seed', os.environ.get('SEED', '1'), '--scale', '2', '--display', ':%d' % free_display(),
            '--out', EPISODES, '--quiet', '--agent', AGENT]
    with open(os.path.join(OUT, 'harness.log'), 'w') as log:
        status = subprocess.run(argv, stdout=log, stderr=log, env=dict(os.environ, HEM_CACHE='off')).returncode
    if status != 0 or not os.path.exists(EPISODES):
        fail('miniwob-run ended with status %d; see %s' % (status, log.name))
    with open(EPISODES) as file:
        return [json.loads(line) for line in file]


def why(episode):
    """The last word of hem about an episode that was lost."""
    path = os.path.join(OUT, '%s.%d.log' % (episode['task'], episode['seed']))
    with open(path, errors='replace') as file:
        lines = file.read().splitlines()
    words = [line for line in lines if line.startswith(('why', 'hem:'))] or ['nothing']
    ended = 'its time was over' if episode.get('reason') == 'timed out' else \
        'reward %s' % episode['raw_reward'] if episode['done'] else 'never ended'
    return '%s; %s' % (ended, words[-1])


def seconds(episodes):
    """Of each episode, from the page's beginning to its end; of one that never ended, until hem gave up."""
    return [(e.get('episode_ms') or e.get('agent_ms') or 0) / 1000 for e in episodes]


def print_tasks(tasks):
    print('%-30s%10s%12s%10s' % ('task', 'episodes', 'done, %', 's, mean'))
    for task, episodes in tasks.items():
        print('%-30s%10d%12.0f%10.2f' % (task, len(episodes), 100 * statistics.mean(e['success'] for e in episodes),
                                         statistics.mean(seconds(episodes))))
    rates = [statistics.mean(e['success'] for e in episodes) for episodes in tasks.values()]
    every = [e for episodes in tasks.values() for e in episodes]
    won = seconds([e for e in every if e['success']])
    print('\nmean of %d tasks: %.1f %% done; %.2f s an episode, %.2f s one that was done'
          % (len(tasks), 100 * statistics.mean(rates), statistics.mean(seconds(every)), statistics.mean(won or [0])))


def main():
    harness = os.path.join(sys.argv[1] if len(sys.argv) > 1 else '', 'miniwob-run')
    if not os.access(harness, os.X_OK) or not os.environ.get('MINIWOB_ROOT'):
        fail('usage: MINIWOB_ROOT=CHECKOUT make bench-miniwob DIR=FOLDER, with miniwob-run in it')
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    shutil.copy('build/hem', OUT)
    tasks = collections.defaultdict(list)
    for episode in play(os.path.abspath(harness)):
        tasks[episode['task']].append(episode)
    print_tasks(tasks)
    lost = [e for episodes in tasks.values() for e in episodes if not e['success']]
    for episode in lost:
        print('\n%s.%d: %s\n    %s' % (episode['task'], episode['seed'], episode.get('utterance', episode.get('error')), why(episode)))


main()
