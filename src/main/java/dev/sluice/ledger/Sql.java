package dev.sluice.ledger;

/**
 * Every statement on the rows. Written so that SQLite and PostgreSQL take the same text: no
 * booleans, no date types, times as epoch milliseconds.
 */
final class Sql {
  static final String EPOCH = "select coalesce(max(epoch), 0) from attempt where room = ?";
  static final String BEGIN_ATTEMPT =
      "insert into attempt (room, epoch, recording, began_at) values (?, ?, ?, ?)";
  static final String END_ATTEMPT =
      "update attempt set ended_at = ?, cause = ?"
          + " where room = ? and epoch = ? and ended_at is null";

  private static final String RECORDING =
      "select id, room, room_name, title, started_at, ended_at, last_byte_at, duplicate_frames,"
          + " coverage from recording ";
  static final String BEGIN_RECORDING =
      "insert into recording (room, room_name, title, started_at, last_byte_at, duplicate_frames)"
          + " values (?, ?, ?, ?, ?, 0) returning id";
  static final String LAST_RECORDING = RECORDING + "where room = ? order by id desc limit 1";
  static final String RECORDING_BY_ID = RECORDING + "where id = ?";
  static final String RECORDINGS =
      RECORDING + "where id < ? and disposal = 'KEPT' order by id desc limit ?";
  static final String UNENDED_RECORDINGS = RECORDING + "where ended_at is null order by id";
  static final String TOUCH_RECORDING =
      "update recording set last_byte_at = ?, duplicate_frames = ? where id = ?";
  static final String END_RECORDING =
      "update recording set ended_at = ?, coverage = coalesce(?, coverage)"
          + " where id = ? and ended_at is null";

  static final String DROP_NOTE = "delete from recording_note where recording = ? and name = ?";
  static final String ADD_NOTE =
      "insert into recording_note (recording, name, value) values (?, ?, ?)";
  static final String NOTES_OF = "select name, value from recording_note where recording = ?";
  static final String ADD_GAP =
      "insert into gap (recording, at_ms, duration_ms, cause) values (?, ?, ?, ?)";
  static final String GAPS_OF =
      "select at_ms, duration_ms, cause from gap where recording = ? order by at_ms, id";

  private static final String SEGMENT =
      "select s.id, s.recording, r.room, s.epoch, s.idx, s.root, s.part, s.file, s.state, s.bytes,"
          + " s.video_frames, s.audio_frames, s.start_ms, s.end_ms, s.source_offset_ms, s.opened_at"
          + " from segment s join recording r on r.id = s.recording ";
  static final String OPEN_SEGMENT =
      "insert into segment (recording, epoch, idx, root, part, file, state, bytes, video_frames,"
          + " audio_frames, start_ms, end_ms, source_offset_ms, opened_at)"
          + " values (?, ?, ?, ?, ?, ?, 'OPEN', ?, ?, ?, ?, ?, ?, ?) returning id";
  static final String CLOSE_SEGMENT =
      "update segment set state = 'CLOSED', file = ?, bytes = ?, video_frames = ?,"
          + " audio_frames = ?, start_ms = ?, end_ms = ?, source_offset_ms = ?"
          + " where id = ? and state = 'OPEN'";
  static final String DROP_SEGMENT = "delete from segment where id = ? and state = 'OPEN'";
  static final String SEGMENT_READY =
      "update segment set state = 'READY' where id = ? and state = 'CLOSED'";
  static final String SEGMENT_BY_ID = SEGMENT + "where s.id = ?";
  static final String SEGMENTS_IN = SEGMENT + "where s.state = ? order by s.id";
  static final String SEGMENTS_OF = SEGMENT + "where s.recording = ? order by s.idx";
  static final String ROOT_OF = "select root from segment where recording = ? order by idx limit 1";

  private static final String FROM_DELIVERY =
      " from delivery d join recording r on r.id = d.recording"
          + " left join segment s on s.id = d.segment ";
  private static final String DELIVERY =
      "select d.id, d.recording, d.segment, r.room, d.root, d.file, d.target, d.state, d.bytes,"
          + " d.tries, d.next_try_at, d.error, d.remote, d.created_at, d.done_at"
          + FROM_DELIVERY;

  /**
   * Parameters: now, and a time so far ahead that only a clock that was set back explains it. An
   * older delivery of the same file to the same target goes first. What is in the trash is not
   * sent, and holds nothing up.
   */
  private static final String IS_DUE =
      "where (d.state = 'WAITING' or (d.state = 'RETRY'"
          + " and (d.next_try_at is null or d.next_try_at <= ? or d.next_try_at > ?)))"
          + " and (d.segment is null or s.state = 'READY') and r.disposal = 'KEPT'"
          + " and not exists (select 1 from delivery o where o.target = d.target"
          + " and o.file = d.file and o.root = d.root and o.id < d.id"
          + " and o.state in ('WAITING', 'SENDING', 'RETRY')"
          + " and exists (select 1 from recording k where k.id = o.recording"
          + " and k.disposal = 'KEPT')) ";

  static final String ADD_DELIVERY =
      "insert into delivery (recording, segment, root, file, target, state, bytes, tries,"
          + " created_at) values (?, ?, ?, ?, ?, 'WAITING', ?, 0, ?)"
          + " on conflict (recording, file, target) do nothing";
  static final String DELIVERIES_DUE = DELIVERY + IS_DUE + "order by d.id limit ?";
  static final String NEXT_DELIVERIES =
      DELIVERY
          + "where d.id in (select min(d.id)"
          + FROM_DELIVERY
          + IS_DUE
          + "group by d.target) order by d.id";
  static final String NEXT_RETRY =
      "select min(d.next_try_at) as next_try_at from delivery d join recording r"
          + " on r.id = d.recording where d.state = 'RETRY' and r.disposal = 'KEPT'";
  static final String DELIVERY_BY_ID = DELIVERY + "where d.id = ?";

  /** A delivery that is not done waits with its recording in the trash, and shows again with it. */
  private static final String IS_SHOWN = "(d.state = 'DONE' or r.disposal = 'KEPT') ";

  static final String DELIVERIES =
      DELIVERY + "where d.id < ? and " + IS_SHOWN + "order by d.id desc limit ?";
  static final String DELIVERIES_IN =
      DELIVERY + "where d.state = ? and d.id < ? and " + IS_SHOWN + "order by d.id desc limit ?";
  static final String DELIVERY_COUNTS =
      "select d.state, count(*) from delivery d join recording r on r.id = d.recording"
          + " where r.room = ? and "
          + IS_SHOWN
          + "group by d.state";
  static final String UPDATE_DELIVERY =
      "update delivery set state = ?, bytes = ?, tries = ?, next_try_at = ?, error = ?,"
          + " remote = ?, done_at = ? where id = ? and state <> 'DONE'";
  static final String REQUEUE_SENDING =
      "update delivery set state = 'WAITING' where state = 'SENDING'";

  static final String SEND_AGAIN =
      "update delivery set state = 'WAITING', tries = 0, error = null, remote = null,"
          + " done_at = null where recording = ? and target = ? and state in ('DONE', 'SKIPPED')";

  static final String HELD_SINCE = "select since from hold where what = ?";
  static final String HOLD =
      "insert into hold (what, since) values (?, ?) on conflict (what) do nothing";
  static final String RELEASE = "delete from hold where what = ?";

  static final String IS_STOPPED = "select 1 from stopped where room = ?";
  static final String STOP = "insert into stopped (room) values (?) on conflict (room) do nothing";
  static final String UNSTOP = "delete from stopped where room = ?";

  private Sql() {}
}
