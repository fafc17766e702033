/** Reads recorded files back, of each container that is written. */
package dev.sluice.file;
