/**
 * QR codes (ISO/IEC 18004): bytes, error correction level M, versions 1 to 20.
 *
 *     text ─ bytes ─ codewords in blocks ─ + Reed-Solomon ─ interleaved ─ modules ─ best mask
 *
 * A matrix is rows of modules: true is dark.
 */
const MOST = 20;
// Of level M, by version: error correction codewords a block, and blocks (table 9).
const CORRECTION = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** The matrix of a text; undefined when it is too long. */
export function encode(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= MOST; version += 1) {
    const data = dataWords(bytes, version);
    if (data) return draw(version, interleaved(data, version));
  }
  return undefined;
}

/** The path of the dark modules, in units of a module, within a margin of four. */
export function pathOf(matrix) {
  const runs = matrix.flatMap((row, y) => {
    const found = [];
    for (let x = 0; x < row.length; x += 1) {
      const from = x;
      while (row[x]) x += 1;
      if (x > from) found.push(`M${from + 4} ${y + 4}h${x - from}v1h${from - x}z`);
    }
    return found;
  });
  return runs.join("");
}

/** How many codewords a version holds: all modules less those of the patterns. */
function wordsOf(version) {
  const lines = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const alignment = lines ? (25 * lines - 10) * lines - 55 : 0;
  return Math.floor(((16 * version + 128) * version + 64 - alignment - (version > 6 ? 36 : 0)) / 8);
}

/** Mode, length, bytes, end and padding as codewords; undefined when they do not fit. */
function dataWords(bytes, version) {
  const room = wordsOf(version) - CORRECTION[version] * BLOCKS[version];
  const lengthBits = version < 10 ? 8 : 16;
  if (4 + lengthBits + 8 * bytes.length > 8 * room) return undefined;
  const bits = [];
  const put = (value, size) => {
    for (let i = size - 1; i >= 0; i -= 1) bits.push((value >>> i) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, lengthBits);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, 8 * room - bits.length));
  put(0, -bits.length & 7);
  for (let pad = 0xec; bits.length < 8 * room; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: room }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8).join(""), 2));
}

/** The data in blocks, each with its error correction, read column by column (section 7.6). */
function interleaved(data, version) {
  const [size, count] = [CORRECTION[version], BLOCKS[version]];
  const short = Math.floor(data.length / count);
  const longFrom = count - (data.length % count);
  const blocks = [];
  for (let i = 0, at = 0; i < count; i += 1) {
    const length = short + (i >= longFrom);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const corrections = blocks.map((block) => correction(block, size));
  return [...columns(blocks, short + 1), ...columns(corrections, size)];
}

const columns = (blocks, length) => Array.from({ length }, (_, i) => blocks.map((block) => block[i]))
  .flat().filter((word) => word !== undefined);

/** A product in the field of 256 elements over x⁸ + x⁴ + x³ + x² + 1. */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}

/** What is left of a block, as a polynomial, after division by the generator of that degree. */
function correction(block, degree) {
  const generator = generatorOf(degree);
  let rest = new Array(degree).fill(0);
  for (const word of block) {
    const factor = word ^ rest[0];
    rest = [...rest.slice(1), 0].map((one, i) => one ^ times(generator[i], factor));
  }
  return rest;
}

/** (x − 1)(x − 2)(x − 4)…, without its leading 1. */
function generatorOf(degree) {
  let found = [...new Array(degree - 1).fill(0), 1];
  for (let i = 0, root = 1; i < degree; i += 1, root = times(root, 2)) {
    found = found.map((one, j) => times(one, root) ^ (found[j + 1] ?? 0));
  }
  return found;
}

/** The matrix: patterns, words in their path, and of the eight masks the one that reads best. */
function draw(version, words) {
  const size = 4 * version + 17;
  const blank = Array.from({ length: size }, () => new Array(size).fill(undefined));
  drawPatterns(blank, version);
  const isFree = blank.map((row) => row.map((module) => module === undefined));
  drawFormat(blank, 0, isFree);
  drawWords(blank, words, isFree);
  const masked = MASKS.map((mask, number) => {
    const matrix = blank.map((row, y) => row.map((dark, x) => isFree[y][x] && mask(x, y) === 0 ? !dark : Boolean(dark)));
    drawFormat(matrix, number);
    return { matrix, penalty: penaltyOf(matrix) };
  });
  return masked.reduce((best, one) => (one.penalty < best.penalty ? one : best)).matrix;
}

function drawPatterns(matrix, version) {
  const last = matrix.length - 1;
  for (let i = 8; i < last - 7; i += 1) matrix[6][i] = matrix[i][6] = i % 2 === 0;
  for (const [x, y] of [[3, 3], [last - 3, 3], [3, last - 3]]) drawRings(matrix, x, y, 4);
  const centres = centresOf(version);
  for (const x of centres) {
    for (const y of centres) if (!isCorner(x, y, last)) drawRings(matrix, x, y, 2);
  }
  if (version > 6) drawVersion(matrix, version);
}

const isCorner = (x, y, last) => (x === 6 && y === 6) || (x === 6 && y === last - 6) || (x === last - 6 && y === 6);

/** A square of rings: all dark but the second from without of a finder, or within of an alignment. */
function drawRings(matrix, x, y, reach) {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      if (matrix[y + dy] && x + dx in matrix) matrix[y + dy][x + dx] = reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1;
    }
  }
}

/** Where alignment patterns are (annex E): evenly spread back from the far edge, and at 6. */
function centresOf(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const far = 4 * version + 10;
  const step = 2 * Math.ceil((far - 6) / (count - 1) / 2);
  return [6, ...Array.from({ length: count - 1 }, (_, i) => far - i * step)];
}

/** The remainder of a number, shifted, by a generator: the checks of format and version. */
function checked(value, generator, size) {
  let rest = value;
  for (let i = 0; i < size; i += 1) rest = (rest << 1) ^ ((rest >>> (size - 1)) * generator);
  return (value << size) | rest;
}

function drawVersion(matrix, version) {
  const bits = checked(version, 0x1f25, 12);
  for (let i = 0; i < 18; i += 1) {
    const [near, far] = [Math.floor(i / 3), matrix.length - 11 + (i % 3)];
    matrix[near][far] = matrix[far][near] = Boolean((bits >>> i) & 1);
  }
}

/** The format of level M (00) and a mask, twice, and the one module that is always dark. */
function drawFormat(matrix, mask, isFree) {
  const size = matrix.length;
  const bits = checked(mask, 0x537, 10) ^ 0x5412;
  const put = (x, y, i) => {
    matrix[y][x] = i === undefined || Boolean((bits >>> i) & 1);
    if (isFree) isFree[y][x] = false;
  };
  for (let i = 0; i < 15; i += 1) {
    const inner = i < 6 ? i : i < 8 ? i + 1 : 14 - i;
    if (i < 8) put(8, inner, i);
    else put(i === 8 ? 7 : inner, 8, i);
    if (i < 8) put(size - 1 - i, 8, i);
    else put(8, size - 15 + i, i);
  }
  put(8, size - 8);
}

/** The words, bit by bit, up and down in columns of two from the right; column 6 is left out. */
function drawWords(matrix, words, isFree) {
  const size = matrix.length;
  let at = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const isUp = (size - 1 - (right > 6 ? right : right + 1)) % 4 === 0;
    for (let i = 0; i < size; i += 1) {
      const y = isUp ? size - 1 - i : i;
      for (const x of [right, right - 1].filter((one) => isFree[y][one])) {
        matrix[y][x] = Boolean((words[at >>> 3] >>> (7 - (at & 7))) & 1);
        at += 1;
      }
    }
  }
}

/** How badly a matrix reads (section 7.8.3): long runs, squares, finders where none are, imbalance. */
function penaltyOf(matrix) {
  const rows = [...matrix, ...matrix.map((_, x) => matrix.map((row) => row[x]))]
    .map((row) => row.map(Number).join(""));
  const runs = rows.flatMap((row) => row.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
  const finders = rows.reduce((sum, row) => sum + [...row.matchAll(/(?=00001011101|10111010000)/g)].length, 0);
  let squares = 0;
  matrix.forEach((row, y) => row.forEach((dark, x) => {
    const below = matrix[y + 1];
    squares += Boolean(below && x + 1 < row.length && row[x + 1] === dark && below[x] === dark && below[x + 1] === dark);
  }));
  const dark = matrix.flat().filter(Boolean).length / matrix.length ** 2;
  return runs + 40 * finders + 3 * squares + 10 * Math.floor(Math.abs(dark * 20 - 10));
}
