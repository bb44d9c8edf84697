// The hash of GB/T 32905, which browsers do not have.

const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];

const left = (x: number, n: number) => (x << (n % 32)) | (x >>> (32 - (n % 32)));
const p0 = (x: number) => x ^ left(x, 9) ^ left(x, 17);
const p1 = (x: number) => x ^ left(x, 15) ^ left(x, 23);

export function sm3(bytes: Uint8Array): Uint8Array {
  const data = padded(bytes);
  const state = Uint32Array.from(START);
  for (let at = 0; at < data.byteLength; at += 64) compress(state, new DataView(data.buffer, at));
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    hash.setUint32(4 * i, word);
  });
  return new Uint8Array(hash.buffer);
}

// A one bit, zeros, and the length in bits, up to whole blocks.
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  data.set(bytes);
  data[bytes.length] = 0x80;
  new DataView(data.buffer).setBigUint64(data.length - 8, BigInt(bytes.length) * 8n);
  return data;
}

function compress(state: Uint32Array, block: DataView): void {
  const w = new Uint32Array(68);
  const word = (i: number) => w[i] ?? 0;
  for (let i = 0; i < 16; i++) w[i] = block.getUint32(4 * i);
  for (let i = 16; i < 68; i++) {
    const mixed = p1(word(i - 16) ^ word(i - 9) ^ left(word(i - 3), 15));
    w[i] = mixed ^ left(word(i - 13), 7) ^ word(i - 6);
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    ...[number, number, number, number],
    ...[number, number, number, number],
  ];
  for (let i = 0; i < 64; i++) {
    const early = i < 16;
    const rolled = left(a, 12);
    const ss1 = left((rolled + e + left(early ? 0x79cc4519 : 0x7a879d8a, i)) >>> 0, 7);
    const ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = early ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ rolled) + (word(i) ^ word(i + 4))) >>> 0;
    const tt2 = (gg + h + ss1 + word(i)) >>> 0;
    [a, b, c, d] = [tt1, a, left(b, 9), c];
    [e, f, g, h] = [p0(tt2), e, left(f, 19), g];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = (state[i] ?? 0) ^ value;
  });
}
