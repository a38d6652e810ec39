import { fetchImage } from '../../src/moderation/fetch-image.js';

const laneOf = (url: string): string | undefined => fetchImage('7', { hash: Buffer.alloc(16, 1), url }).lane;

describe('the lane in which an address is looked at', () => {
  it.each([
    ['https://cdn.example.ma/photo.jpg', 'fetch example.ma'],
    ['https://a1.cdn.example.ma/photo.jpg', 'fetch example.ma'],
    ['https://images.example.co.uk/photo.jpg', 'fetch example.co.uk'],
    ['https://d111.cloudfront.net/photo.jpg', 'fetch d111.cloudfront.net'],
    ['https://example.ma:8443/photo.jpg', 'fetch example.ma'],
    [`https://${'a.'.repeat(300)}cdn_1.example.ma/photo.jpg`, 'fetch example.ma'],
    ['http://cdn/photo.jpg', 'fetch cdn'],
    ['http://pictures.newsroom.internal/photo.jpg', 'fetch newsroom.internal'],
    ['http://127.0.0.1:3000/photo.jpg', 'fetch 127.0.0.1'],
    ['http://[::1]/photo.jpg', 'fetch [::1]'],
  ])('is that of whose host it is on: %s', (url, lane) => {
    expect(laneOf(url)).toBe(lane);
  });

  it('is no longer than a lane may be', () => {
    expect(laneOf(`https://${'a'.repeat(600)}/photo.jpg`)).toHaveLength('fetch '.length + 190);
  });
});
