package dev.sluice.bus;

/** Every address of the event bus. Rows of the ledger are the truth; these messages are hints. */
public final class Topics {
  /** Look at this room now. Sent by web and by platform pushes. */
  public static final Topic<RoomCommand> ROOM_COMMAND =
      new Topic<>("room.check", RoomCommand.class);

  /** News: a broadcast began. Sent by monitor. */
  public static final Topic<RoomNews> ROOM_LIVE = new Topic<>("room.live", RoomNews.class);

  /** News: a broadcast ended, after the grace time. Sent by monitor. */
  public static final Topic<RoomNews> ROOM_ENDED = new Topic<>("room.ended", RoomNews.class);

  /** The whole state of one room for the page. Sent by monitor alone. */
  public static final Topic<RoomStatus> ROOM_STATUS = new Topic<>("room.status", RoomStatus.class);

  /** Asks monitor for the state of every room; answered with a {@link RoomStatus.All}. */
  public static final Topic<RoomStatus.Ask> ROOM_STATUS_ALL =
      new Topic<>("room.status.all", RoomStatus.Ask.class);

  /** Asks monitor which room a link names; answered with a {@link RoomResolve.Answer}. */
  public static final Topic<RoomResolve> ROOM_RESOLVE =
      new Topic<>("room.resolve", RoomResolve.class);

  /** Asks record for a look at a source; answered with a {@link SourceLook.Found}. */
  public static final Topic<SourceLook> SOURCE_LOOK = new Topic<>("source.look", SourceLook.class);

  /** Request of monitor to record; answered with a {@link RecordAnswer}. */
  public static final Topic<RecordStart> RECORD_START =
      new Topic<>("record.start", RecordStart.class);

  /** End one attempt. Sent by monitor. */
  public static final Topic<RecordStop> RECORD_STOP = new Topic<>("record.stop", RecordStop.class);

  /** Cut the running segment at the next key frame. Sent by monitor. */
  public static final Topic<RecordCut> RECORD_CUT = new Topic<>("record.cut", RecordCut.class);

  /** New values for a running recording, from its next segment on. Sent by monitor. */
  public static final Topic<RecordPlanChange> RECORD_PLAN =
      new Topic<>("record.plan", RecordPlanChange.class);

  /** Bytes, rate, duration, gaps of a running recording, once a second. Sent by record. */
  public static final Topic<RecordingProgress> RECORDING_PROGRESS =
      new Topic<>("recording.progress", RecordingProgress.class);

  /** A segment was opened, closed or made ready: a hint to read the rows. */
  public static final Topic<SegmentNews> SEGMENT = new Topic<>("segment", SegmentNews.class);

  /** An attempt ended, and why. Sent by record after its files are closed. */
  public static final Topic<RecordingEnded> RECORDING_ENDED =
      new Topic<>("recording.ended", RecordingEnded.class);

  /** Progress of a delivery: a hint to read its row. Sent by upload. */
  public static final Topic<DeliveryNews> DELIVERY = new Topic<>("delivery", DeliveryNews.class);

  /** Do something with deliveries; answered by upload with a {@link DeliveryCommand.Reply}. */
  public static final Topic<DeliveryCommand> DELIVERY_COMMAND =
      new Topic<>("delivery.command", DeliveryCommand.class);

  /** Deliver a recording once more; answered by upload with a {@link DeliveryOrder.Reply}. */
  public static final Topic<DeliveryOrder> DELIVERY_ORDER =
      new Topic<>("delivery.order", DeliveryOrder.class);

  /** Free space of a disk root and whether it may be written. Sent by storage. */
  public static final Topic<StorageGate> STORAGE_GATE =
      new Topic<>("storage.gate", StorageGate.class);

  /** Asks storage for something; see {@link StorageCommand} for the answers. Sent by web. */
  public static final Topic<StorageCommand> STORAGE_COMMAND =
      new Topic<>("storage.command", StorageCommand.class);

  /** A recording is on its way into or out of the trash. Sent by storage. */
  public static final Topic<DisposalNews> DISPOSAL =
      new Topic<>("storage.disposal", DisposalNews.class);

  /** The settings changed. Sent by node. */
  public static final Topic<SettingsChanged> SETTINGS_CHANGED =
      new Topic<>("settings.changed", SettingsChanged.class);

  /** Reads or changes the settings file; answered by node with a {@link SettingsReply}. */
  public static final Topic<SettingsCommand> SETTINGS_COMMAND =
      new Topic<>("settings.command", SettingsCommand.class);

  /** Something a person should know, or that it is over. Sent by anyone. */
  public static final Topic<Notice> NOTICE = new Topic<>("notice", Notice.class);

  /** Every notice that holds, whenever one came or went. Sent by notify alone. */
  public static final Topic<NoticeList> NOTICES = new Topic<>("notices", NoticeList.class);

  /** Asks notify for every notice; answered with a {@link NoticeList}. */
  public static final Topic<NoticeList.Ask> NOTICES_ASK =
      new Topic<>("notices.ask", NoticeList.Ask.class);

  /** Dismisses a notice; answered by notify with a {@link Boolean}. */
  public static final Topic<NoticeList.Dismiss> NOTICE_DISMISS =
      new Topic<>("notices.dismiss", NoticeList.Dismiss.class);

  /** Tries a webhook at once; answered by notify with a {@link WebhookTest.Result}. */
  public static final Topic<WebhookTest> WEBHOOK_TEST =
      new Topic<>("webhook.test", WebhookTest.class);

  /** Asks for the last events of the log; answered by notify with a {@link LogQuery.Page}. */
  public static final Topic<LogQuery> LOG = new Topic<>("log", LogQuery.class);

  /** What happens between recorders and their sources, to be counted. Sent by record. */
  public static final Topic<SourceNews> SOURCE = new Topic<>("source", SourceNews.class);

  private Topics() {}
}
