namespace Steelyard.Histories;

/// <summary>What an operation is besides what was asked.</summary>
[Flags]
public enum OperationTraits : byte
{
    /// <summary>A request that was sent.</summary>
    None = 0,

    /// <summary>It was due and never sent: its client was busy or had retired until it was given
    /// up.</summary>
    Unsent = 1,

    /// <summary>It is the life of a session or a connection, not a request: its length is no
    /// latency.</summary>
    Session = 2,

    /// <summary>It was told to ask its node, and no other, wherever its client stands.</summary>
    Targeted = 4,

    /// <summary>Nobody said who invoked it: its process was lent to it alone, and is no session.</summary>
    Lone = 8,

    /// <summary>It was asked at the very end, when everything had had time to spread (Jepsen's
    /// <c>:final? true</c>).</summary>
    Final = 16,
}
