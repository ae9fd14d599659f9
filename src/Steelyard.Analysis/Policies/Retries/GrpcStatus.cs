namespace Steelyard.Analysis.Policies.Retries;

/// <summary>How an attempt or a call ended, as gRPC names it.</summary>
public enum GrpcStatus
{
    /// <summary>It succeeded.</summary>
    Ok,

    /// <summary>Somebody called it off.</summary>
    Cancelled,

    /// <summary>Nobody knows why it failed.</summary>
    Unknown,

    /// <summary>What was asked makes no sense.</summary>
    InvalidArgument,

    /// <summary>Its time was over.</summary>
    DeadlineExceeded,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There is such a thing already.</summary>
    AlreadyExists,

    /// <summary>Whoever asked may not.</summary>
    PermissionDenied,

    /// <summary>Something was used up.</summary>
    ResourceExhausted,

    /// <summary>The system is in no state for it.</summary>
    FailedPrecondition,

    /// <summary>Something else came between.</summary>
    Aborted,

    /// <summary>It went beyond an end.</summary>
    OutOfRange,

    /// <summary>Nobody offers it.</summary>
    Unimplemented,

    /// <summary>Something is broken inside.</summary>
    Internal,

    /// <summary>Nobody is there now.</summary>
    Unavailable,

    /// <summary>Data are lost.</summary>
    DataLoss,

    /// <summary>Nobody knows who asked.</summary>
    Unauthenticated,
}
