namespace Steelyard.Histories;

/// <summary>
/// The function names that workloads, nodes and checkers share (Jepsen's <c>:f</c>). A history may hold any
/// other.
/// </summary>
public static class Functions
{
    /// <summary>Register read; output is the value, nil when never written.</summary>
    public const string Read = "read";

    /// <summary>Register write; input is the value.</summary>
    public const string Write = "write";

    /// <summary>Compare and set; input is the list [expected, replacement]; Fail means the compare did not
    /// match.</summary>
    public const string Cas = "cas";

    /// <summary>Read and write at one instant; input is the value written, output the one it
    /// replaced.</summary>
    public const string Rmw = "rmw";

    /// <summary>Map read; key and output as for <see cref="Read"/>; a key never put reads as the empty
    /// text.</summary>
    public const string Get = "get";

    /// <summary>Map write; input is the text.</summary>
    public const string Put = "put";

    /// <summary>Takes a register's or a key's value away: reads return nil, or the empty text, as before the
    /// first write.</summary>
    public const string Delete = "delete";

    /// <summary>Map append; input is the text to concatenate.</summary>
    public const string Append = "append";

    /// <summary>Several reads and writes at once; input and output are lists of [function, key,
    /// value].</summary>
    public const string Txn = "txn";

    /// <summary>Money from one account to another; input is the map {id, from, to, amount}, amount in
    /// cents.</summary>
    public const string Transfer = "transfer";

    /// <summary>All balances at once; output is a map from account to cents.</summary>
    public const string Balances = "balances";

    /// <summary>Chat: a message into a room; key is the room, input the map {id, text, …}.</summary>
    public const string Send = "send";

    /// <summary>Chat: what a reader sees of a room, in order; key is the room, output a list of message
    /// ids.</summary>
    public const string ReadRoom = "read-room";

    /// <summary>Chat: sets a user's status; key is the user.</summary>
    public const string SetStatus = "set-status";

    /// <summary>Chat: reads a user's status; key is the user.</summary>
    public const string GetStatus = "get-status";

    /// <summary>
    /// The state of one replica, read at that replica alone after the heal; output is its whole state.
    /// Checkers of convergence compare these.
    /// </summary>
    public const string ReplicaState = "replica-state";

    /// <summary>One effect, seen where it took place (a row that was written); key is what was done, input
    /// the
    /// map {id}, whose id is nil where nobody knows whose it was. Info where it may have been
    /// undone.</summary>
    public const string Effect = "effect";

    /// <summary>What a watched host of services served, as its world saw it; key is the host, output a list
    /// of maps {what, from, begin, end, status}, times in ns of the run, end nil where the host went down
    /// before.</summary>
    public const string Calls = "calls";

    /// <summary>True for an end that answers without error: Ok, or a compare-and-set that was told its
    /// compare did not match (a Fail without an error).</summary>
    public static bool IsAnswer(string function, Outcome outcome, string? error) =>
        outcome == Outcome.Ok || (outcome == Outcome.Fail && error is null && function == Cas);
}
