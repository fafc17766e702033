# The program alone: docker build -t sluice .
# With ffmpeg, rclone, streamlink and yt-dlp: docker build -t sluice:full --target full .
# The steps are in contrib/docker/image, so that they can be run without Docker too.

FROM debian:bookworm-slim AS build
COPY . /src
RUN sh /src/contrib/docker/image build /src /opt/sluice

FROM debian:bookworm-slim AS system
COPY contrib/docker/image /tmp/image
RUN sh /tmp/image system && rm /tmp/image

FROM system AS program
COPY --from=build /opt/sluice /opt/sluice
COPY contrib/docker/image /tmp/image
RUN sh /tmp/image train /opt/sluice && rm /tmp/image
ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 PUID=1000 PGID=1000 UMASK=022 TZ=
VOLUME /config /recordings
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s CMD ["/opt/sluice/entrypoint", "health"]
ENTRYPOINT ["tini", "--", "/opt/sluice/entrypoint"]
CMD ["serve"]

FROM program AS full
COPY contrib/docker/image /tmp/image
RUN sh /tmp/image tools && rm /tmp/image

# What is built when no target is named.
FROM program
