import { expect } from 'chai';
import { type SmtpMailer, smtpMailer } from '../../../src/adapters/mail/smtp.ts';
import { messageIdOf } from '../../../src/application/notifications/send-mail.ts';
import { type Office, openOffice, type Person } from '../../support/office.ts';
import { PostOffice } from '../../support/post-office.ts';

describe('Sending mail', () => {
  const post = new PostOffice();
  let office: Office;
  let mailer: SmtpMailer;
  let people: Person[];
  before(() => post.open());
  after(() => post.close());
  beforeEach(async () => {
    office = await openOffice('2022-06-06');
    mailer = smtpMailer({ url: post.url, from: 'Đôn đốc <no-reply@example.vn>', timeouts: { silenceMs: 1_500 } });
    people = [];
  });
  afterEach(async () => {
    mailer.close();
    post.forget();
    await office.close();
  });

  /** One digest each for that many people of one unit. */
  const digestsFor = async (count: number): Promise<void> => {
    const clerk = await office.person('Chuyên viên', { role: 'office' });
    for (let index = 0; index < count; index += 1)
      people.push(await office.person(`Đầu mối ${index}`, { role: 'focal_point', unit: 'SNV' }));
    await office.assign(clerk, { kind: 'on_or_before', day: '2022-12-16' });
    await office.tellAll();
    office.clock.moveTo('2022-06-07', '08:30');
    expect(await office.digest('2022-06-07')).to.equal(count);
  };
  const send = () => office.mailGoesOut(mailer);
  const recipients = () => post.delivered.flatMap(({ to }) => to);
  const emails = () => people.map(({ email }) => email);

  it('sends what is due to each person, once, and says when', async () => {
    await digestsFor(3);
    expect(await send()).to.equal(3);
    expect(await send()).to.equal(0);

    expect(recipients()).to.have.members(emails());
    const [mail] = await office.mailsOf(people[0] as Person);
    expect(mail?.sent_at).to.deep.equal(office.clock.now());
    const letter = post.delivered.find(({ to }) => to[0] === people[0]?.email)?.mail;
    expect(letter?.messageId).to.equal(messageIdOf(mail?.id ?? ''));
    expect(letter?.subject).to.equal(mail?.subject);
    expect(letter?.text?.trim()).to.equal(mail?.body);
    expect(await office.left('mail')).to.deep.equal([]);
  });

  it('sends a mail once although two workers have it at the same time', async () => {
    await digestsFor(20);
    const ids = await office.due('mail');
    const work = office.sender(mailer);

    const sent = await Promise.all([work(ids), work(ids), work(ids.toReversed())]);

    expect(sent.reduce((sum, count) => sum + count, 0)).to.equal(20);
    expect(recipients()).to.have.members(emails());
  });

  it('keeps everything while the server is down and sends it once when it is back, without counting attempts', async () => {
    await digestsFor(12);
    await post.close();

    // Longer than ten counted attempts would last.
    for (let minute = 0; minute < 15; minute += 1) {
      expect(await send()).to.equal(0);
      office.clock.advance(61_000);
    }
    const waiting = await office.left('mail');
    expect(waiting.every(({ attempts, parked_at }) => attempts === 0 && parked_at === null)).to.equal(true);
    expect(waiting.every(({ last_error }) => last_error?.includes('ECONNREFUSED') ?? false)).to.equal(true);

    await post.open();
    expect(await send()).to.equal(12);
    expect(recipients()).to.have.members(emails());
  });

  it('sends again under the same Message-ID when it cannot be known whether it was sent', async () => {
    await digestsFor(1);
    const [intentionId = ''] = await office.due('mail');
    const dying = office.sender({
      async send(message) {
        await mailer.send(message);
        throw new Error('We die before we could note it.');
      },
    });
    await dying([intentionId]);
    office.clock.advance(60_000);
    expect(await send()).to.equal(1);

    const [first, second] = post.delivered.map(({ mail }) => mail.messageId);
    expect(second).to.be.a('string').and.to.equal(first);
  });

  it('lets one refused address of twenty hold up nobody, and parks it with its error after the last attempt', async () => {
    await digestsFor(20);
    const poison = people[7] as Person;
    post.refused.add(poison.email);

    expect(await send()).to.equal(19);
    expect(recipients()).to.have.members(emails().filter((email) => email !== poison.email));
    for (let attempt = 1; attempt < 10; attempt += 1) {
      office.clock.advance(11 * 60_000);
      expect(await send()).to.equal(0);
    }

    const [parked, ...others] = await office.left('mail');
    expect(others).to.deep.equal([]);
    expect(parked?.attempts).to.equal(10);
    expect(parked?.last_error).to.contain('No such user');
    expect(parked?.parked_at).to.deep.equal(office.clock.now());
    expect(post.tried.get(poison.email)).to.equal(10);
  });

  it('lets one letter at which the server falls silent hold up nobody, and counts it against that letter', async () => {
    await digestsFor(20);
    const poison = people[3] as Person;
    post.silent.add(poison.email);

    expect(await send()).to.equal(19);

    const [left, ...others] = await office.left('mail');
    expect(others).to.deep.equal([]);
    expect(left).to.include({ attempts: 1, parked_at: null });
    post.silent.clear();
  });

  it('fails an address that is none, a mail that is not there and an intention that names nothing, and goes on', async () => {
    await digestsFor(3);
    await office.pool.query('update mail set address = $2 where account_id = $1', [
      people[0]?.id,
      'a@example.vn, b@example.vn\r\nBcc: c@example.vn',
    ]);
    await office.pool.query(
      `insert into intention (queue, kind, payload, due_at, ready_at)
       select 'mail', 'mail', payload::jsonb, $1, $1
       from unnest(array['{"mailId": "x"}', '{"mailId": "00000000-0000-4000-8000-000000000000"}', '{}']) as payload`,
      [office.clock.now()],
    );

    expect(await send()).to.equal(2);
    expect((await office.left('mail')).map(({ attempts }) => attempts)).to.deep.equal([1, 1, 1, 1]);
    expect(recipients()).to.have.members([people[1]?.email, people[2]?.email]);
  });

  it('sends nothing to somebody who left before it went out', async () => {
    await digestsFor(2);
    await office.pool.query('update account set active = false where id = $1', [people[0]?.id]);

    expect(await send()).to.equal(1);
    expect(await office.left('mail')).to.deep.equal([]);
    expect(recipients()).to.have.members([people[1]?.email]);
  });
});
