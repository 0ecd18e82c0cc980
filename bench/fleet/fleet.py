"""How many rows a minute hem batch does on this machine, and what an emulator takes.

fleet.py gtk|chromium ROWS [hem batch's options...]

Fills in a form once for every row, compares what the program stored with the rows, cell by cell, and prints the
figures as JSON. The machine's load before it stands beside them: they are worth what the machine was free for."""
import collections
import csv
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HEM = os.path.join(HERE, '..', '..', 'build', 'hem')
FIRST = ['Ada', 'Emmy', 'Grace', 'Marie', 'Lise', 'Rosalind', 'Hedy', 'Barbara', 'Sofia', 'Maria']
LAST = ['Lovelace', 'Noether', 'Hopper', 'Curie', 'Meitner', 'Franklin', 'Lamarr', 'Liskov', 'Germain', 'Mayer']
STREETS = ['Market Street', 'High Street', 'Station Road', 'Church Lane', 'Park Avenue']
CITIES = ['London', 'Paris', 'Vienna', 'Oslo', 'Lisbon', 'Toronto', 'Kyoto']
COUNTRIES = ['Austria', 'Brazil', 'Canada', 'Denmark', 'France', 'Germany', 'Iceland', 'Japan', 'Norway', 'Portugal']


def row_of(i):
    first, last = FIRST[i % 10], LAST[i // 10 % 10]
    return {'First name': first, 'Last name': last, 'Email': '%s@mail.org' % last.lower(),
            'Street': '%s %d' % (STREETS[i % 5], 100 + i), 'City': CITIES[i % 7], 'Country': COUNTRIES[i * 3 % 10],
            'Newsletter': 'yes' if i % 3 else 'no'}


class Keeper(http.server.BaseHTTPRequestHandler):
    stored = []

    def do_GET(self):
        self.send_response(200 if self.path == '/' else 404)
        self.send_header('Content-Type', 'text/html')
        self.end_headers()
        if self.path == '/':
            with open(os.path.join(HERE, 'form.html'), 'rb') as page:
                self.wfile.write(page.read())

    def do_POST(self):
        Keeper.stored.append(json.loads(self.rfile.read(int(self.headers['Content-Length']))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    kind, count, options = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    folder = tempfile.mkdtemp(prefix='hem-fleet-')
    stored, table, task = (os.path.join(folder, n) for n in ('stored.jsonl', 'rows.csv', 'task.yaml'))
    rows = [row_of(i) for i in range(count)]
    with open(table, 'w', newline='') as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    program = ['/usr/bin/python3', os.path.join(HERE, 'form.py'), stored]
    if kind == 'chromium':
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Keeper)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = ['chromium', '--app=http://127.0.0.1:%d/' % server.server_port]
    with open(task, 'w') as file:
        json.dump({'name': kind, 'program': program, 'fields': {n: '{{%s}}' % n for n in rows[0]},
                   'submit': 'Send', 'expect': ['Thank you, {{First name}}'], 'limits': {'seconds': 120}}, file)
    load = os.getloadavg()[0]
    began = time.monotonic()
    hem = subprocess.Popen([HEM, 'batch', task, '--rows', table, '--run', os.path.join(folder, 'run'), '--json', *options],
                           stdout=subprocess.PIPE, text=True)
    outcomes, again, peaks = collections.Counter(), 0, collections.defaultdict(float)
    for line in hem.stdout:
        event = json.loads(line)
        if event['event'] == 'row':
            again += event['outcome'] == 'again'
            outcomes[event['outcome']] += event['outcome'] != 'again'
        elif event['event'] == 'progress':
            for name in ('emulators', 'memory_mb', 'emulator_mb', 'program_mb'):
                peaks[name] = max(peaks[name], event[name])
            last = event
    status, seconds = hem.wait(), time.monotonic() - began
    if kind == 'gtk':
        with open(stored) as file:
            Keeper.stored = [json.loads(line) for line in file]
    key = lambda row: json.dumps(row, sort_keys=True)  # noqa: E731
    wanted, got = collections.Counter(map(key, rows)), collections.Counter(map(key, Keeper.stored))
    print(json.dumps({
        'what': kind, 'rows': count, 'status': status, 'outcomes': dict(outcomes), 'tried_again': again,
        'stored': sum(got.values()), 'missing': sum((wanted - got).values()), 'wrong_or_twice': sum((got - wanted).values()),
        'seconds': round(seconds, 1), 'rows_a_minute': round(count * 60 / seconds, 1),
        'cpu_seconds_a_row': round(last['cpu_seconds_a_row'], 2), 'emulators_at_most': int(peaks['emulators']),
        'emulator_mb': round(peaks['emulator_mb'], 1), 'program_mb': round(peaks['program_mb'], 1),
        'memory_mb_at_most': round(peaks['memory_mb']), 'load_before': load, 'processors': os.cpu_count(),
        'folder': folder}, indent=1))


main()
