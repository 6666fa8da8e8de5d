namespace GameImages.WebApi.Users;

/// <summary>Marks an action that uploads an image. Each user may run only so many in a time (Users:UploadRateLimits).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitUploadsAttribute : Attribute;
