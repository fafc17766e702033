/**
 * FLV over any transport: parse, join connections, keep time straight, decide cuts, lay out files.
 * No I/O, no clock, no threads: callers pass bytes and the monotonic time.
 */
package dev.sluice.media.flv;
