# dcs-sync in a container. docker-compose.yml runs it with a database and the simulator.

FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml ./
COPY src/main src/main
RUN mvn -B -q -Dmaven.test.skip=true -Dpackage.skip=true package

FROM eclipse-temurin:17.0.13_11-jre-jammy
# curl: for the health check
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 dcs-sync \
 && useradd --uid 10001 --gid dcs-sync --no-create-home --home-dir /opt/dcs-sync --shell /usr/sbin/nologin dcs-sync \
 && install -d -o dcs-sync -g dcs-sync /opt/dcs-sync/data
WORKDIR /opt/dcs-sync
# laid out as the launcher expects it; as there are no sources, it never builds
COPY bin bin
COPY config config
COPY routes routes
COPY --from=build /build/target/lib target/lib
COPY --from=build /build/target/dcs-sync.jar target/dcs-sync.jar
# these starts list their classes and the next has an archive of them made, by which all later ones are quicker; without it
# all is well, but slower. There is nothing yet for doctor to find well, and what the demo stored is thrown away
RUN bin/dcs-sync doctor; bin/dcs-sync demo --for 10s; bin/dcs-sync --version; \
 timeout 120 sh -c 'until ls target/*.jsa; do sleep 1; done' || true; \
 rm -rf data/*
USER dcs-sync
# what the program writes itself; its ledger belongs into a PostgreSQL beside it: set DATABASE_URL
VOLUME /opt/dcs-sync/data
EXPOSE 8080 9876
HEALTHCHECK --interval=10s --timeout=30s --start-period=60s CMD ["curl", "-fsS", "http://127.0.0.1:9876/observe/health"]
# the launcher replaces itself by Java, which so gets SIGTERM; it takes up to 20 s to stop
ENTRYPOINT ["bin/dcs-sync"]
CMD ["run"]
