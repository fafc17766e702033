package dev.sluice.ledger;

/** Every statement of {@link StorageTable}; for SQLite and PostgreSQL alike, as {@link Sql}. */
final class StorageSql {
  private static final String STORED =
      "select r.id, r.room, r.room_name, r.title, r.started_at, r.ended_at, r.last_byte_at,"
          + " r.duplicate_frames, r.coverage, r.disposal, r.protected, r.trashed_at,"
          + " r.disposal_cause,"
          + " (select coalesce(sum(s.bytes), 0) from segment s where s.recording = r.id) as bytes,"
          + " (select count(*) from segment s where s.recording = r.id and s.state <> 'READY')"
          + " as unready,"
          + " (select count(*) from delivery d where d.recording = r.id"
          + " and d.state not in ('DONE', 'SKIPPED'))"
          + " as awaited"
          + " from recording r ";
  static final String STORED_BY_ID = STORED + "where r.id = ?";
  static final String STORED_IN =
      STORED + "where r.disposal = ? and r.id > ? order by r.id limit ?";
  static final String TRASH =
      STORED
          + "where r.disposal in ('TRASHING', 'TRASHED', 'RESTORING', 'REMOVING')"
          + " order by r.trashed_at desc, r.id desc limit ?";
  static final String AWAITED =
      "select distinct target from delivery where recording = ?"
          + " and state not in ('DONE', 'SKIPPED')"
          + " order by target";

  static final String DISPOSAL = "select disposal from recording where id = ?";
  static final String IS_PROTECTED = "select 1 from recording where id = ? and protected <> 0";
  static final String PROTECT = "update recording set protected = ? where id = ?";
  static final String TRASHING =
      "update recording set disposal = 'TRASHING', trashed_at = ?, disposal_cause = ?"
          + " where id = ? and disposal = ?";
  static final String REMOVED =
      "update recording set disposal = 'REMOVED', removed_at = ? where id = ? and disposal = ?";
  static final String STEP = "update recording set disposal = ? where id = ? and disposal = ?";

  static final String USAGE =
      "select s.root, r.room,"
          + " (select n.room_name from recording n where n.room = r.room order by n.id desc limit 1)"
          + " as room_name,"
          + " count(distinct case when r.disposal = 'KEPT' then r.id end) as recordings,"
          + " sum(case when r.disposal = 'KEPT' then s.bytes else 0 end) as bytes,"
          + " sum(case when r.disposal = 'KEPT' then 0 else s.bytes end) as trash_bytes"
          + " from segment s join recording r on r.id = s.recording"
          + " where r.disposal <> 'REMOVED' group by s.root, r.room"
          + " order by bytes desc, r.room";
  static final String KEPT_BYTES =
      "select coalesce(sum(s.bytes), 0) from segment s join recording r on r.id = s.recording"
          + " where r.disposal = 'KEPT'";
  static final String BYTES_SINCE =
      "select root, sum(bytes) as bytes from segment where opened_at >= ? group by root";
  static final String OLDEST_SEGMENT = "select min(opened_at) as at from segment";
  static final String NEWEST_TIME =
      "select max(t) as at from (select max(last_byte_at) as t from recording"
          + " union all select max(ended_at) from recording"
          + " union all select max(trashed_at) from recording"
          + " union all select max(removed_at) from recording) times";

  private StorageSql() {}
}
