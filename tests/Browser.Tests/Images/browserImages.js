// Paints a different image for each seed. Its noise requires decoders to be exact, and its gradient shows a rotation or other colors.
async function paint(width, height, seed, type, quality) {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    const picture = context.createImageData(width, height);
    let noise = seed;

    for (let i = 0; i < picture.data.length; i++) {
        noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
        const ramp = [2 * (i / 4 % width), 3 * (i / 4 / width), 40, 255][i % 4];
        picture.data[i] = type !== 'image/jpeg' || i % 4 < 3 ? ramp + (noise >>> 26) - (i % 4 === 3 ? 128 : 0) : 255;
    }

    context.putImageData(picture, 0, 0);
    const file = await canvas.convertToBlob({ type, quality });
    return btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())));
}

// Describes how a file looks, in lines: its size and pixels in an <img>, each frame of an animation with its duration, and "all" at the
// end. A truncated file has fewer lines, and a file that is not shown has none.
async function look(url, type) {
    const image = new Image();
    image.crossOrigin = 'anonymous';
    image.src = url;

    try {
        await image.decode();
    } catch {
        return [];
    }

    const { naturalWidth: width, naturalHeight: height } = image;
    const frames = await animation(await (await fetch(url)).arrayBuffer(), type);
    return frames ? [`${width} x ${height}: ${await digest(image, width, height)}`, ...frames] : [];
}

async function animation(data, type) {
    const decoder = new ImageDecoder({ data, type });

    try {
        await decoder.tracks.ready;
        await decoder.completed;
    } catch {
        return null;
    }

    const { animated, frameCount, repetitionCount } = decoder.tracks.selectedTrack;
    const lines = animated ? [`repeats ${repetitionCount} times`] : [];

    for (let frameIndex = 0; animated && frameIndex < frameCount; frameIndex++) {
        try {
            const { image } = await decoder.decode({ frameIndex });
            lines.push(`for ${image.duration}: ${await digest(image, image.displayWidth, image.displayHeight)}`);
            image.close();
        } catch {
            return lines;
        }
    }

    return frameCount > 0 ? [...lines, 'all'] : null;
}

async function digest(source, width, height) {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context.drawImage(source, 0, 0);
    const hash = await crypto.subtle.digest('SHA-256', context.getImageData(0, 0, width, height).data);
    return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('');
}
