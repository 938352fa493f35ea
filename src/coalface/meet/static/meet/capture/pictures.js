// Small pictures of photos, drawn here: the page may load nothing but its own files.

import { button, element, word } from "./words.js";

const WIDTH = 96;

export function drawPhotos(list, photos, leaveOut) {
  list.replaceChildren(
    ...photos.map((photo) => {
      const line = element(
        "li",
        {},
        element("span", { className: "photo-name", textContent: photo.name || word("photo") }),
      );
      if (leaveOut) line.append(button("unphoto", () => leaveOut(photo), "button small quiet"));
      thumbnail(photo.blob).then((picture) => picture && line.prepend(picture));
      return line;
    }),
  );
}

// A photo this browser cannot show (HEIC, or something else altogether) stays a name.
async function thumbnail(blob) {
  if (!blob) return null;
  try {
    const drawn = await createImageBitmap(blob, { resizeWidth: WIDTH, resizeQuality: "medium" });
    const canvas = element("canvas", { width: drawn.width, height: drawn.height, className: "thumbnail" });
    canvas.setAttribute("aria-hidden", "true");
    canvas.getContext("2d").drawImage(drawn, 0, 0);
    drawn.close();
    return canvas;
  } catch {
    return null;
  }
}
