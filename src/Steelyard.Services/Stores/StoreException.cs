namespace Steelyard.Services.Stores;

/// <summary>Why a store refused.</summary>
public enum StoreError : byte
{
    /// <summary>Nothing is wrong; no exception bears it.</summary>
    None,

    /// <summary>Another transaction came first, and to go on would break the isolation asked for. Nothing was
    /// done.</summary>
    Conflict,

    /// <summary>It and others waited for each other's locks. Nothing was done.</summary>
    Deadlock,

    /// <summary>A lock was not let go of in time. Nothing was done.</summary>
    LockTimeout,

    /// <summary>No primary answered, or it was lost before the commit. Nothing was done.</summary>
    Unavailable,

    /// <summary>A write was asked of a transaction that only reads. Nothing was done.</summary>
    ReadOnly,

    /// <summary>The primary was lost during the commit: whether it happened, nobody knows yet.</summary>
    OutcomeUnknown,
}

/// <summary>A store refused; its transaction is over, and unless the outcome is unknown nothing of it
/// remains.</summary>
public sealed class StoreException : Exception
{
    internal StoreException(StoreError error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>Why.</summary>
    public StoreError Error { get; }

    /// <summary>True when nothing was done and the same transaction may well succeed when it is run
    /// again.</summary>
    public bool IsRetryable => Error
        is StoreError.Conflict or StoreError.Deadlock or StoreError.LockTimeout or StoreError.Unavailable;
}
