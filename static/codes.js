// A QR code of digits alone, drawn on the phone itself (ISO/IEC 18004, level M, versions 1 to 6, which hold 255 digits):
// for わたしのリスト, of which no server knows. Thirty programs are 230 digits.
"use strict";

const codes = (() => {
  // By version: data codewords, blocks of equal length, codewords of each block that mend errors, the middle of the one cross.
  const VERSIONS = [[16, 1, 10], [28, 1, 16, 18], [44, 1, 26, 22], [64, 2, 18, 26], [86, 2, 24, 30], [108, 4, 16, 34]];
  const MASKS = [
    (y, x) => (y + x) % 2, (y) => y % 2, (y, x) => x % 3, (y, x) => (y + x) % 3, (y, x) => ((y >> 1) + Math.floor(x / 3)) % 2,
    (y, x) => y * x % 2 + y * x % 3, (y, x) => (y * x % 2 + y * x % 3) % 2, (y, x) => ((y + x) % 2 + y * x % 3) % 2,
  ];

  // --- the digits as codewords -------------------------------------------------------------------------
  const bitsOf = (number, width) => number.toString(2).padStart(width, "0");

  function version(digits) {
    const bits = 14 + Math.ceil(digits.length * 10 / 3);
    const found = VERSIONS.findIndex(([room]) => room * 8 >= bits);
    if (found < 0) throw new RangeError("more than a code can hold");
    return found;
  }

  function codewords(digits, room) {
    let bits = "0001" + bitsOf(digits.length, 10);
    for (const three of digits.match(/\d{1,3}/g)) bits += bitsOf(Number(three), [0, 4, 7, 10][three.length]);
    bits += "0".repeat(Math.min(4, room * 8 - bits.length));
    const words = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g).map((one) => parseInt(one, 2));
    for (let i = 0; words.length < room; i++) words.push(i % 2 ? 17 : 236);
    return words;
  }

  // --- Reed and Solomon, over the field of 256 with 285 ------------------------------------------------
  function times(a, b) {
    let product = 0;
    for (let bit = 7; bit >= 0; bit--) product = (product << 1 ^ (product >> 7) * 285) ^ (b >> bit & 1) * a;
    return product;
  }

  function parity(words, length) {
    let factors = [1];
    for (let i = 0, root = 1; i < length; i++, root = times(root, 2)) {
      factors = [...factors, 0].map((one, j) => one ^ (j ? times(factors[j - 1], root) : 0));
    }
    const rest = [...words, ...Array(length).fill(0)];
    for (let i = 0; i < words.length; i++) factors.forEach((factor, j) => { rest[i + j] ^= j ? times(factor, rest[i]) : 0; });
    return rest.slice(words.length);
  }

  // The blocks word by word, as a reader finds them.
  function woven(words, count, mending) {
    const length = words.length / count;
    const blocks = Array.from({ length: count }, (_, i) => words.slice(i * length, (i + 1) * length));
    const column = (those) => those[0].flatMap((_, i) => those.map((one) => one[i]));
    return [...column(blocks), ...column(blocks.map((one) => parity(one, mending)))];
  }

  // --- the picture ---------------------------------------------------------------------------------------
  function frame(found) {
    const size = found * 4 + 21;
    const cross = VERSIONS[found][3];
    const grid = Array.from({ length: size }, () => Array(size).fill(null));
    const rings = (y, x, reach, light) => {
      for (let i = -reach; i <= reach; i++) for (let j = -reach; j <= reach; j++) {
        if (grid[y + i]?.[x + j] !== undefined) grid[y + i][x + j] = light.includes(Math.max(Math.abs(i), Math.abs(j))) ? 0 : 1;
      }
    };
    for (let i = 8; i < size - 8; i++) grid[6][i] = grid[i][6] = 1 - i % 2;
    for (const [y, x] of [[3, 3], [3, size - 4], [size - 4, 3]]) rings(y, x, 4, [2, 4]);
    if (cross) rings(cross, cross, 2, [1]);
    format(grid, 0);
    return grid;
  }

  function format(grid, mask) {      // level M is 00; ten bits more mend errors
    const size = grid.length;
    let bits = mask << 10;
    for (let bit = 12; bit >= 10; bit--) bits ^= (bits >> bit & 1) * 0x537 << bit - 10;
    bits = (mask << 10 | bits) ^ 0x5412;
    for (let i = 0; i < 15; i++) {
      const bit = bits >> i & 1;
      grid[i < 6 ? i : i < 8 ? i + 1 : size - 15 + i][8] = bit;
      grid[8][i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i] = bit;
    }
    grid[size - 8][8] = 1;
  }

  function filled(empty, words, mask) {
    const grid = empty.map((row) => [...row]);
    const size = grid.length;
    let at = 0;
    for (let right = size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < size; step++) {
        const y = (right + 1 & 2) === 0 ? size - 1 - step : step;      // upwards and downwards in turn
        for (const x of [right, right - 1]) {
          if (empty[y][x] !== null) continue;
          const bit = words[at >> 3] >> 7 - (at & 7) & 1;
          grid[y][x] = bit ^ (MASKS[mask](y, x) === 0 ? 1 : 0);
          at += 1;
        }
      }
    }
    format(grid, mask);
    return grid;
  }

  // What makes a picture hard to read: long runs, squares of one colour, what looks like a corner, too much of one colour.
  function badness(grid) {
    const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x]))].map((line) => line.join(""));
    const dark = grid.flat().filter(Boolean).length / grid.length ** 2;
    let bad = Math.floor(Math.abs(dark * 100 - 50) / 5) * 10;
    for (const line of lines) {
      for (const run of line.match(/0{5,}|1{5,}/g) ?? []) bad += run.length - 2;
      for (const corner of [/0000(?=1011101)/g, /1011101(?=0000)/g]) bad += 40 * (`0000${line}0000`.match(corner) ?? []).length;
    }
    for (let y = 1; y < grid.length; y++) for (let x = 1; x < grid.length; x++) {
      const sum = grid[y][x] + grid[y][x - 1] + grid[y - 1][x] + grid[y - 1][x - 1];
      if (sum % 4 === 0) bad += 3;
    }
    return bad;
  }

  // Rows of 0 and 1 for a number.
  function matrix(digits) {
    const found = version(digits);
    const [room, count, mending] = VERSIONS[found];
    const words = woven(codewords(digits, room), count, mending);
    const made = MASKS.map((_, mask) => filled(frame(found), words, mask));
    return made.reduce((best, one) => (badness(one) < badness(best) ? one : best));
  }

  // The picture, with the white border that readers ask for.
  function picture(digits) {
    const grid = matrix(digits);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const add = (name, marks) => {
      const part = svg.appendChild(document.createElementNS(svg.namespaceURI, name));
      for (const [mark, value] of Object.entries(marks)) part.setAttribute(mark, value);
    };
    svg.setAttribute("viewBox", `0 0 ${grid.length + 8} ${grid.length + 8}`);
    add("path", { fill: "#fff", d: `M0 0h${grid.length + 8}v${grid.length + 8}H0z` });
    add("path", { stroke: "#000", d: grid.map((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4.5}h1` : "")).join("")).join("") });
    svg.setAttribute("shape-rendering", "crispEdges");
    return svg;
  }

  // The sum by which the counter sees that a number was read whole.
  function crc32(text) {
    let sum = -1;
    for (const character of text) {
      sum ^= character.charCodeAt(0);
      for (let bit = 0; bit < 8; bit++) sum = sum >>> 1 ^ (sum & 1) * 0xedb88320;
    }
    return ~sum >>> 0;
  }

  return { matrix, picture, crc32 };
})();
