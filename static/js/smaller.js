// Pictures before they are sent.

const LONGEST_SIDE = 2000;
const SEND_AS_IT_IS = 1_000_000;

// A photograph of a telephone, at the size at which it will be shown; other files as they are, for the server to judge.
export async function smaller(file) {
  if (file.size < SEND_AS_IT_IS || !["image/jpeg", "image/png", "image/webp"].includes(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/webp", 0.9));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file;
  }
}
