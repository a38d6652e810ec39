import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { signMessage } from '../../src/webhooks/sign-message.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };

it("gives the signature of the specification's example", () => {
  const headers = signMessage({ ...message, at: new Date(1_614_265_330_000), secrets: [secret] });
  expect(headers).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('signs with each secret, the present one first, in UTF-8', () => {
  const other = `whsec_${Buffer.from('another secret of 32 bytes, quite').toString('base64')}`;
  const at = new Date();
  const body = '{"reason":"é ﷺ 🖼"}';
  const headers = signMessage({ ...message, body, at, secrets: [other, secret] });
  const expected = [other, secret].map((one) => {
    const key = Buffer.from(one.slice('whsec_'.length), 'base64');
    const hmac = createHmac('sha256', key);
    return `v1,${hmac.update(`${message.id}.${headers['webhook-timestamp'] ?? ''}.${body}`).digest('base64')}`;
  });
  expect(headers['webhook-signature']).toBe(expected.join(' '));
  for (const one of [other, secret]) expect(new Webhook(one).verify(body, headers)).toEqual(JSON.parse(body));
});
