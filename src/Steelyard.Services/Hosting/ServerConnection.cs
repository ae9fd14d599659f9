using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>A connection as Kestrel takes it.</summary>
internal sealed class ServerConnection : ConnectionContext
{
    readonly Connection _connection;

    public ServerConnection(Connection connection, EndPoint local)
    {
        _connection = connection;
        ConnectionId = connection.Number.ToString("x16", CultureInfo.InvariantCulture);
        Transport = new Duplex(connection.Input, PipeWriter.Create(new ConnectionStream(connection)));
        LocalEndPoint = local;
        RemoteEndPoint = new HostEndPoint(connection.Peer.ToString(), 0);
        Features.Set(this);
    }

    /// <summary>Who is at the other end.</summary>
    public NodeId Peer => _connection.Peer;

    /// <inheritdoc/>
    public override string ConnectionId { get; set; }

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get; set; }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; set; }

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed
    {
        get => _connection.Closed;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => _connection.Abort();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _connection.Close();
        return default;
    }

    sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
