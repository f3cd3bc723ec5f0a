// Stands in for the server when the launcher is tested: says what it was given, stays until it is told to go.
import pg from 'pg';

const say = (fact) => console.log(JSON.stringify(fact));
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
client.on('error', () => {});
await client.connect();
await client.query('create table if not exists start (at timestamptz not null default now())');
await client.query('insert into start default values');

const one = async (sql) => Object.values((await client.query(sql)).rows[0])[0];
process.once('SIGTERM', async () => {
  say({ databaseAtTheEnd: await one('select 1') });
  await client.end();
  process.exit(Number(process.env.DUMMY_EXIT_CODE ?? 0));
});
say({
  pid: process.pid,
  url: process.env.DATABASE_URL,
  embedded: process.env.DONDOC_EMBEDDED ?? null,
  secret: process.env.SECRET_KEY ?? null,
  answer: await one('select 1'),
  starts: Number(await one('select count(*) from start')),
  fsync: await one('show fsync'),
  sorted: await one(
    `select string_agg(name, ' ' order by name) from unnest('{Đồng,Dũng,Ơn,An,Ăn,Ánh}'::text[]) as name`,
  ),
  postmaster: Number((await one("select pg_read_file('postmaster.pid')")).split('\n')[0]),
});
setInterval(() => {}, 1000);
