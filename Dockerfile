# syntax=docker/dockerfile:1
# The mock as an image: docker build -t remo-mock . && docker run --rm -p 4420:4420 -e REMO_MOCK_ADMIN_TOKEN=change-me remo-mock
# scripts/try_image.py builds the same root file system from these lines, where no container engine is, and tries it.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv --without-pip /opt/remo-mock \
    && python -m pip --python /opt/remo-mock/bin/python install --no-cache-dir --no-compile '.[postgres]' \
    && find /opt/remo-mock -type d -name tests -path '*/numpy/*' -prune -exec rm -r {} + \
    && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/remo-mock/lib

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="remo-mock" \
      org.opencontainers.image.description="A mock of the REMO body-posture API" \
      org.opencontainers.image.licenses="MIT AND Apache-2.0"
COPY --from=build /opt/remo-mock /opt/remo-mock
# The slim images have Python without its compiled modules, and a read-only container cannot keep any: each start and
# each health check would compile them anew, for seconds.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash -x 'lib2to3|pydoc_data|site-packages' /usr/local/lib \
    && groupadd --gid 10001 remo \
    && useradd --uid 10001 --gid remo --home-dir /data --no-create-home --shell /usr/sbin/nologin remo \
    && install --directory --owner=remo --group=remo --mode=0700 /data
ENV PATH=/opt/remo-mock/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    REMO_MOCK_HOST=0.0.0.0 \
    REMO_MOCK_PORT=4420
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 4420
HEALTHCHECK --interval=10s --timeout=6s --start-period=20s --retries=3 CMD ["remo-mock", "health"]
ENTRYPOINT ["remo-mock"]
CMD ["serve"]
