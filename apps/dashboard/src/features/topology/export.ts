import { readPalette } from './paint/palette';
import type { Scene } from './paint/scene';
import { svgDocument } from './paint/svg';
import type { Rates } from './traffic/rates';

export type ExportFormat = 'svg' | 'png';

/** Browsers refuse pictures that are much larger than this. */
const maxPixels = 8192;

/** Saves the whole drawing as a file, in the colours of the theme. A picture of pixels is made of the same document. */
export async function exportDrawing(format: ExportFormat, scene: Scene, rates: Rates, title: string): Promise<void> {
  const svg = svgDocument(scene, readPalette(document.documentElement), rates, title);
  const file = format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await rasterise(svg);
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `netyard-topology.${format}`;
  link.click();
  // The download has begun by then, which is all that the address is for.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function rasterise(svg: string): Promise<Blob> {
  const image = new Image();
  // As data rather than by a blob's address: the page's policy lets it load no other.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, maxPixels / image.width, maxPixels / image.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser makes no picture of this size'))), 'image/png'),
  );
}
