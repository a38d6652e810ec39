import { Receipts } from '../../../src/access/readers/receipt.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';

const sealed = new Sealed(Buffer.alloc(32, 1));
const receipts = new Receipts(sealed);
const content = { siteId: '3', imageId: '9007199254740993', round: 2, reporter: Buffer.alloc(16, 7) };

describe('receipts', () => {
  it('name the vote they are for', () => {
    expect(receipts.open(receipts.seal(content))).toEqual(content);
    expect(receipts.open(receipts.seal(content), '3')).toEqual(content);
  });

  it('are the same for a retry, and differ for everything else', () => {
    const receipt = receipts.seal(content);
    expect(receipt).toMatch(/^rcp_[A-Za-z0-9_-]+$/);
    expect(receipts.seal({ ...content })).toBe(receipt);
    const others = [
      { ...content, siteId: '4' },
      { ...content, imageId: '4' },
      { ...content, round: 3 },
      { ...content, reporter: Buffer.alloc(16, 8) },
    ].map((other) => receipts.seal(other));
    expect(new Set([receipt, ...others]).size).toBe(5);
  });

  it("another site's is refused", () => {
    expect(receipts.open(receipts.seal({ ...content, siteId: '4' }), '3')).toBeNull();
  });

  it('are refused when a character changed', () => {
    const receipt = receipts.seal(content);
    for (let at = 0; at < receipt.length; at += 1) {
      const other = receipt[at] === 'A' ? 'B' : 'A';
      expect(receipts.open(receipt.slice(0, at) + other + receipt.slice(at + 1))).toBeNull();
    }
  });

  it('of another installation, bare, or of another kind are refused', () => {
    expect(receipts.open(new Receipts(new Sealed(Buffer.alloc(32, 2))).seal(content))).toBeNull();
    expect(receipts.open(receipts.seal(content).slice(4))).toBeNull();
    expect(receipts.open(sealed.id('img', '1').replace('img_', 'rcp_'))).toBeNull();
    expect(receipts.open(`rcp_${sealed.seal('receipt', Buffer.alloc(8))}`)).toBeNull();
  });

  it('are for reporters of 16 bytes', () => {
    expect(() => receipts.seal({ ...content, reporter: Buffer.alloc(8) })).toThrow(RangeError);
  });
});
