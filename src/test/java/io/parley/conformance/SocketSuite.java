package io.parley.conformance;

/** What holds by WebSocket in every container, on a server with {@link Conformance#SETTINGS}. */
public interface SocketSuite
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
                EntryConformance {}
