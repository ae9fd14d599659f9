using Grpc.Core;
using Steelyard.Histories;
using Steelyard.Live.Engines.Etcd;

namespace Steelyard.Live.Tests.Engines.Etcd;

public sealed class EtcdFailuresTests
{
    [Theory]
    [InlineData(StatusCode.NotFound, "etcdserver: requested lease not found")]
    [InlineData(StatusCode.ResourceExhausted, "etcdserver: too many requests")]
    public void What_a_member_refused_has_failed(StatusCode status, string detail)
    {
        Assert.Equal(Outcome.Fail, EtcdFailures.Tell(new(new(status, detail))).Outcome);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "etcdserver: request timed out", "request timed out")]
    [InlineData(StatusCode.Unavailable, "error reading the response", "connection lost")]
    [InlineData(StatusCode.Cancelled, "", "no answer in time")]
    [InlineData(StatusCode.Unknown, "etcdserver: leader changed", "leader changed")]
    public void What_was_cut_short_is_unknown(StatusCode status, string detail, string why)
    {
        var told = EtcdFailures.Tell(new(new(status, detail)));

        Assert.Equal((Outcome.Info, why), (told.Outcome, told.Error));
    }
}
