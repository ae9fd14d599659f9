using static Steelyard.Live.Scripts.ScriptStep;

namespace Steelyard.Live.Scripts;

/// <summary>
/// A script for each anomaly by which levels of isolation differ, after the list of Kleppmann's Hermitage,
/// and what tells by its definition that it happened (Adya 1999; Berenson et al. 1995; Bailis et al. 2013;
/// Fekete, O'Neil and O'Neil 2004).
/// </summary>
internal static class Hermitage
{
    /// <summary>All of them, from grave to subtle.</summary>
    public static IReadOnlyList<AnomalyScript> All { get; } =
    [
        new("G0", "dirty write: two transactions mix what they write",
            [Set(1, 1, 11), Set(2, 1, 12), Set(2, 2, 22), Set(1, 2, 21), Commit(1), Commit(2)],
            tale => tale.Committed(1, 2)
                && (tale.Last.Are((1, 11), (2, 22)) || tale.Last.Are((1, 12), (2, 21)))),
        new("G1a", "aborted read: what was taken back is read",
            [Set(1, 1, 101), Read(2, "first"), Abort(1), Read(2, "second"), Commit(2)],
            tale => tale.Read("first")[1] == 101 || tale.Read("second")[1] == 101),
        new("G1b", "intermediate read: what was overwritten by its own writer is read",
            [Set(1, 1, 101), Read(2, "first"), Set(1, 1, 11), Commit(1), Read(2, "second"), Commit(2)],
            tale => tale.Read("first")[1] == 101 || tale.Read("second")[1] == 101),
        new("G1c", "circular information flow: each reads what the other has written",
            [
                Set(1, 1, 11), Set(2, 2, 22), Read(1, "by T1", "id = 2"), Read(2, "by T2", "id = 1"),
                Commit(1), Commit(2),
            ],
            tale => tale.Committed(1, 2) && tale.Read("by T1")[2] == 22 && tale.Read("by T2")[1] == 11),
        new("OTV", "observed transaction vanishes: one row is read after a transaction, the other before it",
            [
                Set(1, 1, 11), Set(1, 2, 19), Set(2, 1, 12), Commit(1), Read(3, "row 1", "id = 1"),
                Read(3, "row 2", "id = 2"), Set(2, 2, 18), Read(3, "row 2 again", "id = 2"), Commit(2),
                Read(3, "row 2 at last", "id = 2"), Read(3, "row 1 at last", "id = 1"), Commit(3),
            ],
            Vanishes),
        new("PMP", "predicate-many-preceders: a predicate matches what came in meanwhile",
            [
                Read(1, "value = 30", "value = 30"), Do(2, "insert into test values (3, 30)"), Commit(2),
                Read(1, "value % 3 = 0", "value % 3 = 0"), Commit(1),
            ],
            tale => tale.Committed(1, 2) && tale.Read("value = 30").All.Count == 0
                && tale.Read("value % 3 = 0")[3] == 30),
        new("PMP-write",
            "predicate-many-preceders of a write: a delete sees other rows than the read before it",
            [
                Read(2, "value = 20", "value = 20"), Do(1, "update test set value = value + 10"),
                Do(2, "delete from test where value = 20"), Commit(1), Commit(2),
            ],
            // T2 read before T1; had it deleted before T1 as well, row 1 alone would be there, with 20.
            tale => tale.Committed(1, 2) && tale.Read("value = 20").Are((2, 20)) && !tale.Last.Are((1, 20))),
        new("P4", "lost update: two read a row, then both write it",
            [
                Read(1, "by T1", "id = 1"), Read(2, "by T2", "id = 1"), Set(1, 1, 11), Set(2, 1, 12),
                Commit(1), Commit(2),
            ],
            tale => tale.Committed(1, 2) && tale.Read("by T1")[1] == 10 && tale.Read("by T2")[1] == 10),
        new("G-single", "read skew: one row is read before a transaction, the other after it",
            [
                Read(1, "row 1", "id = 1"), Set(2, 1, 12), Set(2, 2, 18), Commit(2),
                Read(1, "row 2", "id = 2"), Commit(1),
            ],
            tale => tale.Committed(1, 2) && tale.Read("row 1")[1] == 10 && tale.Read("row 2")[2] == 18),
        new("G-single-predicate", "read skew by predicates",
            [
                Read(1, "value % 5 = 0", "value % 5 = 0"),
                Do(2, "update test set value = 12 where value = 10"),
                Commit(2), Read(1, "value % 3 = 0", "value % 3 = 0"), Commit(1),
            ],
            tale => tale.Committed(1, 2) && tale.Read("value % 5 = 0")[1] == 10
                && tale.Read("value % 3 = 0")[1] == 12),
        new("G-single-write",
            "read skew by the predicate of a write: it sees what the read before it did not",
            [
                Read(1, "row 1", "id = 1"), Set(2, 1, 12), Set(2, 2, 18), Commit(2),
                Do(1, "delete from test where value = 20"), Commit(1),
            ],
            // T1 read before T2; had it deleted before T2 as well, row 2 would not be there.
            tale => tale.Committed(1, 2) && tale.Read("row 1")[1] == 10 && tale.Last[2] is not null),
        new("G2-item", "write skew: two read two rows, and each writes another of them",
            [
                Read(1, "by T1"), Read(2, "by T2"), Set(1, 1, 11), Set(2, 2, 21), Commit(1), Commit(2),
            ],
            tale => tale.Committed(1, 2) && tale.Read("by T1")[2] == 20 && tale.Read("by T2")[1] == 10),
        new("G2", "write skew by a predicate: two find nothing, and both put something there",
            [
                Read(1, "by T1", "value % 3 = 0"), Read(2, "by T2", "value % 3 = 0"),
                Do(1, "insert into test values (3, 30)"), Do(2, "insert into test values (4, 42)"), Commit(1),
                Commit(2),
            ],
            tale => tale.Committed(1, 2) && IsEmpty(tale, "by T1") && IsEmpty(tale, "by T2")),
        new("G2-three", "write skew that only a third, which reads, can tell of",
            [
                Read(1, "by T1"), Do(2, "update test set value = value + 5 where id = 2"), Commit(2),
                Read(3, "by T3"), Commit(3), Set(1, 1, 0), Commit(1),
            ],
            tale => tale.Committed(1, 2, 3) && tale.Read("by T1")[2] == 20
                && tale.Read("by T3").Are((1, 10), (2, 25))),
        new("internal", "own update builds on what its transaction had not read",
            [
                Read(1, "before", "id = 2"), Set(2, 2, 18), Commit(2),
                Do(1, "update test set value = value + 1 where id = 2"), Read(1, "after", "id = 2"),
                Commit(1),
            ],
            tale => tale.Committed(1, 2) && tale.Read("before")[2] == 20 && tale.HasRead("after")
                && tale.Read("after")[2] != 21),
    ];

    static bool IsEmpty(ScriptTale tale, string read) => tale.HasRead(read) && tale.Read(read).All.Count == 0;

    // Each row's values in the order in which T1 and T2 write them: its place there is how far a read has
    // come. A transaction that was seen in one row must be seen in the other from then on.
    static bool Vanishes(ScriptTale tale)
    {
        int[] seen =
        [
            Place(tale.Read("row 1")[1], 11, 12), Place(tale.Read("row 2")[2], 19, 18),
            Place(tale.Read("row 2 again")[2], 19, 18), Place(tale.Read("row 2 at last")[2], 19, 18),
            Place(tale.Read("row 1 at last")[1], 11, 12),
        ];
        return tale.Committed(3) && (seen[1] < seen[0] || seen[4] < seen[1..4].Max());
    }

    static int Place(long? read, long first, long second) => read == second ? 2 : read == first ? 1 : 0;
}
