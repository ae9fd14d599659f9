using System.Globalization;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Dns;

/// <summary>Changes records at the primary, and reads them through the resolver.</summary>
internal sealed class FreshnessClient(DnsCluster cluster, ClientSeat seat) : IClient
{
    const int Refused = 5;
    const int NotOwner = 9;

    readonly LookupClient _resolver = DnsCluster.Lookup(cluster.ResolverFor(seat.Home), seat.Patience);

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var name = $"{invocation.Key}.{DnsCluster.Zone}";
        try
        {
            return await (invocation.Function switch
            {
                Functions.Read => Read(name),
                Functions.Write => Write(name, invocation.Input.ToString()),
                _ => throw new NotSupportedException($"dns knows no {invocation.Function}"),
            }).WaitAsync(seat.Patience);
        }
        catch (Exception silent) when (silent is TimeoutException or IOException or SocketException
            or DnsResponseException or OperationCanceledException)
        {
            // A read that nobody answered has changed nothing.
            return invocation.Function == Functions.Read
                ? Completion.Fail("no answer") : Completion.Info("no answer");
        }
    }

    async Task<Completion> Read(string name)
    {
        var answer = await _resolver.QueryAsync(name, QueryType.TXT);
        return answer.Header.ResponseCode switch
        {
            DnsHeaderResponseCode.NoError when answer.Answers.TxtRecords().FirstOrDefault() is { } record =>
                Completion.Ok(long.Parse(record.Text.First(), CultureInfo.InvariantCulture)),
            DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain =>
                Completion.Ok(Value.Nil),
            var code => Completion.Fail($"{code}"),
        };
    }

    async Task<Completion> Write(string name, string text) =>
        await DnsUpdate.Replace(
            cluster.PrimaryFor(seat.Home), DnsCluster.Zone, name, text, CancellationToken.None) switch
        {
            0 => Completion.Ok(Value.Nil),
            Refused or NotOwner => Completion.Fail("refused"),
            var code => Completion.Info($"code {code}"),
        };
}
