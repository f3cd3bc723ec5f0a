// Checks an audit export (docs/audit-format.md) alone: node verify-export.mjs export.ndjson own-key.pem [former-key.pem ...]
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [file, ...keyFiles] = process.argv.slice(2);
const sha = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();
const hex = (text) => sha(text).toString('hex');
const names = (v) => Object.keys(v).sort((a, b) => (a < b ? -1 : 1));
const canonical = (v) => {
  if (v === null || typeof v !== 'object') return JSON.stringify(v);
  if (Array.isArray(v)) return `[${v.map(canonical)}]`;
  return `{${names(v).map((name) => `${JSON.stringify(name)}:${canonical(v[name])}`)}}`;
};
const parent = (level, i) => (i % 2 ? [] : [level[i + 1] ? sha(Buffer.of(1), level[i], level[i + 1]) : level[i]]);
const root = (level) => (level.length > 1 ? root(level.flatMap((_, i) => parent(level, i))) : (level[0] ?? sha()));
const idOf = (key) => hex(key.export({ format: 'der', type: 'spki' })).slice(0, 16);
const keys = new Map(keyFiles.map((name) => createPublicKey(readFileSync(name))).map((key) => [idOf(key), key]));
const by = (id, said, sig) => keys.has(id) && verify(null, Buffer.from(said), keys.get(id), Buffer.from(sig, 'base64'));
const must = (holds, message) => holds || process.exit(console.log(`BROKEN at line ${line}: ${message}`) ?? 1);
const meets = (name, hash) => must((sealed.get(name) ?? hash) === hash, `sealed otherwise: ${name}`) && met.add(name);
const [zeros, sealed, met, tasks, all] = ['0'.repeat(64), new Map(), new Set(), new Set(), createHash('sha256')];
let [line, header, tree, last, previous, task, seq, head, ended] = [0, null, [], 0, zeros, '', 0, zeros, false];
const read = {
  header: ({ format, keyId }) => must(format === 'dondoc-audit-export/1' && keys.has(keyId), 'unknown key'),
  leaf({ kind, object, seq: at, hash }) {
    tree.push(sha(Buffer.of(0), JSON.stringify([kind, object, at, hash])));
    sealed.set(`${kind} ${object} ${at}`, hash);
  },
  checkpoint({ type, hash, signature, ...said }, text = `dondoc-checkpoint-v1\n${canonical(said)}`) {
    must(said.number === ++last && said.previous === previous, 'it does not follow the checkpoint before');
    must(said.leaves === tree.length && said.root === root(tree).toString('hex'), 'its leaves give another root');
    must(hex(text) === hash && by(said.keyId, text, signature), 'the seal is forged');
    [previous, tree] = [hash, []];
  },
  definition: ({ key, version, body }) => meets(`definition ${key}/${version} 0`, hex(canonical(body))),
  report: ({ id, body }) => meets(`report ${id} 0`, hex(body)),
  entry: ({ entry }) => meets(`entry ${entry.id} 0`, hex(canonical(entry))),
  event({ event, prevHash, hash }) {
    if (event.taskId !== task) [task, seq, head] = [event.taskId, 0, zeros];
    must(event.seq === ++seq && prevHash === head, 'it does not follow the event before');
    must(hex(`${prevHash}\n${canonical(event)}`) === hash, 'the event says something else than its hash');
    head = tasks.add(task) && meets(`task ${task} ${seq}`, hash) && hash;
  },
  trailer({ sha256, signature }) {
    const wanted = (name) => !met.has(name) && (!header.filters || tasks.has(name.split(' ')[1]));
    for (const name of sealed.keys()) must(!wanted(name), `sealed and missing: ${name}`);
    ended = all.digest('hex') === sha256 && by(header.keyId, `dondoc-export-v1\n${sha256}`, signature);
  },
};
process.on('uncaughtException', ({ message }) => must(false, `it cannot be read: ${message}`));
for await (const text of createInterface({ input: createReadStream(file) })) {
  const is = ++line && JSON.parse(text);
  must(!ended && Object.hasOwn(read, is.type) && !header === (is.type === 'header'), 'misplaced');
  header ??= is;
  if (is.type !== 'trailer') all.update(`${text}\n`);
  read[is.type](is);
}
must(ended, 'the end is missing or not signed');
console.log(`OK: ${line} lines, ${tasks.size} tasks, ${last} checkpoints, the last one ${previous}.`);
