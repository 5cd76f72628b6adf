package io.parley.conformance;

/** The core of the suite: what holds in every container, on a server with {@link Conformance#SETTINGS}. */
public interface Suite
        extends HandshakeConformance,
                FrameConformance,
                CommandConformance,
                PostConformance,
                JoinConformance,
                HistoryConformance,
                CatchUpConformance,
                RoomConformance,
                PresenceConformance,
                SignalConformance,
                ChatConformance,
                EntryConformance,
                DoConformance,
                PublishConformance,
                EventsConformance,
                StreamConformance {}
