using Etcdserverpb;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>
/// A part of an etcd that is not ours: every key that is asked for gets the room's name before it, and loses
/// it in the answer, in transactions and watches too, so that nobody who asks through it can see or touch any
/// other key. What etcd's own clients call a namespace.
/// </summary>
/// <param name="name">The room's name.</param>
/// <param name="token">What etcd gave us for our password; null where it wants none.</param>
internal sealed class EtcdRoom(string name, string? token) : Interceptor
{
    readonly ByteString _prefix = Bytes($"{name}/");

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        Enter(request);
        var call = continuation(request, WithToken(context));
        return new(
            Left(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers,
            call.Dispose);
    }

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<
        TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(WithToken(context));
        return new(
            new EtcdRoomWriter<TRequest>(call.RequestStream, Enter),
            new EtcdRoomReader<TResponse>(call.ResponseStream, Leave), call.ResponseHeadersAsync,
            call.GetStatus, call.GetTrailers, call.Dispose);
    }

    ClientInterceptorContext<TRequest, TResponse> WithToken<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class =>
        token is null ? context
        : new(
            context.Method, context.Host,
            context.Options.WithHeaders([.. context.Options.Headers ?? [], new("token", token)]));

    async Task<TResponse> Left<TResponse>(Task<TResponse> answer)
        where TResponse : class
    {
        var message = await answer.ConfigureAwait(false);
        Leave(message);
        return message;
    }

    void Enter(object request)
    {
        switch (request)
        {
            case PutRequest put:
                put.Key = Within(put.Key);
                break;
            case RangeRequest range:
                (range.Key, range.RangeEnd) = Within(range.Key, range.RangeEnd);
                break;
            case DeleteRangeRequest delete:
                (delete.Key, delete.RangeEnd) = Within(delete.Key, delete.RangeEnd);
                break;
            case TxnRequest steps:
                foreach (var compare in steps.Compare)
                    (compare.Key, compare.RangeEnd) = Within(compare.Key, compare.RangeEnd);
                foreach (var step in steps.Success.Concat(steps.Failure))
                    Enter(Inner(step));
                break;
            case WatchRequest { CreateRequest: { } watch }:
                (watch.Key, watch.RangeEnd) = Within(watch.Key, watch.RangeEnd);
                break;
        }
    }

    void Leave(object response)
    {
        switch (response)
        {
            case PutResponse { PrevKv: { } before }:
                before.Key = Without(before.Key);
                break;
            case RangeResponse range:
                foreach (var pair in range.Kvs)
                    pair.Key = Without(pair.Key);
                break;
            case DeleteRangeResponse delete:
                foreach (var pair in delete.PrevKvs)
                    pair.Key = Without(pair.Key);
                break;
            case TxnResponse steps:
                foreach (var step in steps.Responses)
                    Leave(Inner(step));
                break;
            case WatchResponse watch:
                foreach (var pair in watch.Events.SelectMany(one => new[] { one.Kv, one.PrevKv }))
                    if (pair is not null)
                        pair.Key = Without(pair.Key);
                break;
        }
    }

    static object Inner(RequestOp step) => (object?)step.RequestPut ?? (object?)step.RequestRange
        ?? (object?)step.RequestDeleteRange ?? step.RequestTxn;

    static object Inner(ResponseOp step) => (object?)step.ResponsePut ?? (object?)step.ResponseRange
        ?? (object?)step.ResponseDeleteRange ?? step.ResponseTxn;

    ByteString Within(ByteString key) => ByteString.CopyFrom([.. _prefix.Span, .. key.Span]);

    // An end of one zero byte is the end of all keys, and none is that one key is meant.
    (ByteString Key, ByteString End) Within(ByteString key, ByteString end) => (
        Within(key),
        end.IsEmpty ? end
        : end.Length == 1 && end[0] == 0 ? EndOf($"{name}/")
        : Within(end));

    ByteString Without(ByteString key) => ByteString.CopyFrom(key.Span[_prefix.Length..]);
}
