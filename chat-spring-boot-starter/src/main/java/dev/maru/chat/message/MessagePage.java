package dev.maru.chat.message;

import java.util.List;

/**
 * Some messages of a room. Immutable; safe for any thread.
 *
 * @param messages in the order of their offsets
 * @param moreBefore whether the query matches more messages before these
 * @param moreAfter whether the query matches more messages after these
 * @param oldest the offset of the oldest message of the room that is here; those before it are in the archive
 */
public record MessagePage(List<ChatMessage> messages, boolean moreBefore, boolean moreAfter, long oldest) {}
