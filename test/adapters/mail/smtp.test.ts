import { expect } from 'chai';
import { type SmtpMailer, smtpMailer } from '../../../src/adapters/mail/smtp.ts';
import { MailServerAway } from '../../../src/application/notifications/ports.ts';
import { PostOffice } from '../../support/post-office.ts';

describe('Mail over SMTP', () => {
  const post = new PostOffice();
  let mailer: SmtpMailer;
  before(() => post.open());
  after(() => post.close());
  beforeEach(() => {
    mailer = smtpMailer({ url: post.url, from: 'Đôn đốc <no-reply@example.vn>' });
  });
  afterEach(() => {
    mailer.close();
    post.forget();
  });

  const message = {
    to: 'huong@example.vn',
    subject: '[Sắp đến hạn 3 ngày] Sở Nội vụ: Nâng chỉ số cải cách hành chính – hạn 16/06/2026 (158/BC-SKHĐT)',
    text: 'Kính gửi Ông/Bà Trần Thị Hường,\n\nĐề nghị đơn vị khẩn trương hoàn thành nhiệm vụ; ưỡn, ngoằn ngoèo, Đắk Lắk, Ỷ Lan.\n\n.\n\nTrân trọng.',
    messageId: '<5f0c2f4e-0a4e-4a5e-9a39-0d2f3e6c1b11@dondoc>',
  };

  it('brings Vietnamese subjects, senders and texts across to the letter', async () => {
    await mailer.send(message);

    const [{ mail, to, raw } = expect.fail()] = post.delivered;
    expect(to).to.deep.equal(['huong@example.vn']);
    expect(mail.from).to.include({ name: 'Đôn đốc', address: 'no-reply@example.vn' });
    expect(mail.subject).to.equal(message.subject);
    expect(mail.text?.trimEnd()).to.equal(message.text);
    expect(mail.messageId).to.equal(message.messageId);
    expect(mail.html).to.equal(undefined);
    expect(raw).to.match(/^Content-Type: text\/plain; charset=utf-8\r$/imu);
    expect(raw).to.match(/^Auto-Submitted: auto-generated\r$/imu);
    expect([...(raw.split('\r\n\r\n')[0] ?? '')].every((character) => character <= '~')).to.equal(true);
  });

  it('sends in one spelling what arrives in another', async () => {
    await mailer.send({ ...message, subject: message.subject.normalize('NFD'), text: message.text.normalize('NFD') });

    const [{ mail } = expect.fail()] = post.delivered;
    expect(mail.subject).to.equal(message.subject);
    expect(mail.text?.trimEnd()).to.equal(message.text);
  });

  it('S7: lets no subject become a header or a second recipient', async () => {
    const attacks = ['\r\n', '\n', '\r', '\u2028', '\0\r\n', '\r\n\r\n'];
    for (const attack of attacks)
      await mailer.send({ ...message, subject: `Việc${attack}Bcc: victim@example.vn${attack}X-Evil: 1` });

    expect(post.delivered).to.have.length(attacks.length);
    for (const { mail, to, raw } of post.delivered) {
      expect(to).to.deep.equal([message.to]);
      expect(mail.headers.map(({ key }) => key)).to.not.include.members(['bcc', 'x-evil']);
      expect(raw).to.not.match(/^(bcc|x-evil):/imu);
      expect(mail.subject).to.match(/^Việc Bcc: victim@example\.vn X-Evil: 1$/u);
    }
  });

  it('sends to one plain address and to nothing else', async () => {
    const addresses = [
      'a@example.vn, b@example.vn',
      'A <a@example.vn>',
      'a@example.vn\r\nBcc: b@example.vn',
      'a@example.vn\nRCPT TO:<b@example.vn>',
      'a b@example.vn',
      'a@b@example.vn',
      'group: a@example.vn;',
      'không địa chỉ',
      '',
    ];
    for (const to of addresses) {
      const error = await mailer.send({ ...message, to }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error, to).to.be.instanceOf(Error).and.not.instanceOf(MailServerAway);
    }
    expect(post.delivered).to.deep.equal([]);
  });

  it('tells a refused letter from a server that is away', async () => {
    post.refused.add('gone@example.vn');
    const refused = await errorOf(mailer.send({ ...message, to: 'gone@example.vn' }));
    await post.close();
    const away = await errorOf(mailer.send(message));
    await post.open();

    expect(refused).to.not.be.instanceOf(MailServerAway);
    expect(refused).to.have.property('responseCode', 550);
    expect(away).to.be.instanceOf(MailServerAway);
    await mailer.send(message);
    expect(post.delivered).to.have.length(1);
  });

  it('gives up a letter that takes too long as a whole', async () => {
    post.silent.add('slow@example.vn');
    const impatient = smtpMailer({ url: post.url, from: 'a@example.vn', timeouts: { totalMs: 200 } });
    const error = await errorOf(impatient.send({ ...message, to: 'slow@example.vn' }));
    impatient.close();

    expect(error).to.be.instanceOf(Error).and.not.instanceOf(MailServerAway);
  });
});

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('nothing went wrong'),
    (error: unknown) => error,
  );
