using Grpc.Core;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>What a call that failed tells of its effect.</summary>
internal static class EtcdFailures
{
    /// <summary>Fail where the member says that it refused, Info for everything else: a time-out, a leader
    /// that was lost, a connection that broke.</summary>
    public static Completion Tell(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.FailedPrecondition
            or StatusCode.ResourceExhausted or StatusCode.OutOfRange =>
            Completion.Fail(failure.Status.Detail),
        StatusCode.Cancelled or StatusCode.DeadlineExceeded => Completion.Info("no answer in time"),
        _ when failure.Status.Detail.StartsWith("etcdserver:", StringComparison.Ordinal) =>
            Completion.Info(failure.Status.Detail["etcdserver: ".Length..]),
        _ => Completion.Info("connection lost"),
    };
}
