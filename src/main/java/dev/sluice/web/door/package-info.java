/** What decides who may come in: passwords, sessions, keys, limits and codes. No HTTP. */
package dev.sluice.web.door;
