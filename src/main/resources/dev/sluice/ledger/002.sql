-- What keeps a recording and what takes it away. Steps of a disposal are entered before its files are moved.
alter table recording add column protected bigint not null default 0;
alter table recording add column disposal varchar not null default 'KEPT';
alter table recording add column disposal_cause varchar;
alter table recording add column trashed_at bigint;
alter table recording add column removed_at bigint;
create index recording_disposal on recording (disposal, id) where disposal <> 'KEPT';
create index segment_opened on segment (opened_at);
