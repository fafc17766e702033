/** Writes fragmented MP4 (ISO/IEC 14496-12) from the tags of an FLV file, for players. No I/O. */
package dev.sluice.media.mp4;
